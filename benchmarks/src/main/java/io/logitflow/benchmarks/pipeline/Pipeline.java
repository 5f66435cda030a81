package io.logitflow.benchmarks.pipeline;

import java.io.IOException;

/** Brings every record of the features topic to a predictions topic. */
interface Pipeline extends AutoCloseable {

  /**
   * Runs from the beginning of the features topic to its end.
   *
   * @param predictionsTopic topic to write to; it exists and is empty
   */
  void run(String predictionsTopic) throws Exception;

  /** Releases what several runs share. */
  @Override
  void close() throws IOException;
}
