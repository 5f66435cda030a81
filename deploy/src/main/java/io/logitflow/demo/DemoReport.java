package io.logitflow.demo;

import java.nio.file.Path;
import picocli.CommandLine;

/** Looks once more at what happened, by a replay as a user would start it. */
final class DemoReport {

  private final CommandLine logitflow;
  private final Path directory;

  /**
   * A report that is not written yet.
   *
   * @param logitflow the command that has the replay among its own
   * @param directory where to write it
   */
  DemoReport(CommandLine logitflow, Path directory) {
    this.logitflow = logitflow;
    this.directory = directory;
  }

  /** Replays the run, says what came of it and where the report is; returns the exit code. */
  int write(String bootstrapServers, DemoDataset dataset) {
    return logitflow.execute(
        "replay",
        "--bootstrap-servers=" + bootstrapServers,
        "--model=" + dataset.model(),
        "--mode=by-timeline",
        "--from=earliest",
        "--window=2 s",
        "--state-backend=rocksdb",
        "--report=" + directory);
  }
}
