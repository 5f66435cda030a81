package io.logitflow.benchmarks.latency;

import io.logitflow.config.ScoringConfig;
import java.io.IOException;

/** Brings records from a features topic to a predictions topic as they come. */
interface ContinuousPipeline extends AutoCloseable {

  /**
   * Starts, and returns before it necessarily runs.
   *
   * @param config topics, client properties and, for Flink jobs, everything else
   */
  void start(ScoringConfig config) throws Exception;

  /**
   * Stops what was started, and waits until it has.
   *
   * @throws Exception also if it had failed meanwhile
   */
  void stop() throws Exception;

  /** Releases what several runs share. */
  @Override
  void close() throws IOException;
}
