package io.logitflow.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Measurement.Setting SETTING =
      new Measurement.Setting(new Shape(32, 4), 1, "exactly-once", "1s");

  @Test
  void programsAreBelowLogitflowAndItsLoadsAboveIt() {
    String report = report().markdown();

    // 100 records in 4, 5 and 10 s: 25, 20 and 10 records/s.
    assertThat(report)
        .contains(
            """
            | model | parallelism | delivery | checkpoints | / raw |
            |---|---|---|---|---|
            | 32x4 | 1 | exactly-once | 1s | 0.80 (0.80 to 0.80) |
            """)
        .contains(
            """
            | model | parallelism | delivery | checkpoints | logitflow-challengers-1 |
            |---|---|---|---|---|
            | 32x4 | 1 | exactly-once | 1s | 0.50 (0.50 to 0.50) |
            """);
  }

  @Test
  void everyTableHasItsPlotBesideIt(@TempDir Path directory) throws IOException {
    report().writeTo(directory);

    assertThat(directory.resolve("report.md")).content().contains("](rivals.svg)", "](loads.svg)");
    assertThat(directory.resolve("rivals.svg"))
        .content()
        .contains(">/ raw<", ">32x4, 1, exactly-once, 1s<");
    assertThat(directory.resolve("loads.svg")).content().contains(">logitflow-challengers-1<");
  }

  private static Report report() {
    return new Report(
        List.of(
            run(1, Variant.of(Program.RAW), 4),
            run(1, Variant.LOGITFLOW, 5),
            run(1, Variant.withChallengers(1), 10)),
        "a machine",
        "a command");
  }

  private static Measurement run(int round, Variant variant, double seconds) {
    return new Measurement(SETTING, round, variant, 100, seconds, 1, 1, 0);
  }
}
