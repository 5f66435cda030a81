package io.logitflow.benchmarks.pipeline;

import java.io.IOException;

/** Brings every record of the features topic to a predictions topic. */
interface Pipeline extends AutoCloseable {

  /**
   * Runs from the beginning of the features topic to its end.
   *
   * @param topics topics of the run; they exist
   */
  void run(RunTopics topics) throws Exception;

  /** Releases what several runs share. */
  @Override
  void close() throws IOException;
}
