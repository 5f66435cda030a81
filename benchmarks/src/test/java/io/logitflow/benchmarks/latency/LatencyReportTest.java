package io.logitflow.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyReportTest {

  private static final Rate RATE = new Rate(5_000, false);
  private static final long MILLI = 1_000_000;

  @Test
  void ratiosAreTakenWithinARoundAndThenTheMedian() {
    // Rounds differ tenfold, as on a busy machine; the ratio within each is 2, 3 and 4.
    String report =
        report(
            List.of(
                run(1, "raw", 1), run(1, "adaptive", 2),
                run(2, "raw", 10), run(2, "adaptive", 30),
                run(3, "raw", 100), run(3, "adaptive", 400)));

    assertThat(report)
        .contains("## 5,000 records/s")
        // To the three digits that HdrHistogram keeps.
        .containsPattern("\\| adaptive \\| 30\\.0\\d \\| .* \\| 3.00 \\(2.00 to 4.00\\) \\|")
        .containsPattern("\\| raw \\| 10\\.0\\d \\|")
        .doesNotContain("Incomplete");
  }

  @Test
  void aRunThatDidNotKeepUpIsNamed() {
    LatencyMeasurement late =
        new LatencyMeasurement(RATE, 5_000, 2, "adaptive", 100, 1, 0, histogram(7, 99));

    assertThat(report(List.of(run(2, "raw", 1), late)))
        .contains("adaptive had 99 of 100 predictions in time in round 2");
  }

  @Test
  void theLogOfHistogramsIsReadByTheLibrary(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("histograms.hlog");
    HistogramLog.write(file, List.of(run(1, "raw", 1), run(1, "adaptive", 3)));

    List<EncodableHistogram> read = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      while (reader.hasNext()) {
        read.add(reader.nextIntervalHistogram());
      }
    }

    assertThat(read)
        .extracting(EncodableHistogram::getTag)
        .containsExactly("raw@5000#1", "adaptive@5000#1");
    assertThat(read.get(1)).isEqualTo(histogram(3, 100));
  }

  private static String report(List<LatencyMeasurement> measurements) {
    return new LatencyReport(
            measurements,
            List.of(
                new LatencyVariant("raw", Program.RAW, List.of()),
                new LatencyVariant("adaptive", Program.JOB, List.of())),
            Double.NaN,
            "a machine",
            "a command")
        .markdown();
  }

  private static LatencyMeasurement run(int round, String variant, long millis) {
    return new LatencyMeasurement(RATE, 5_000, round, variant, 100, 1, 0, histogram(millis, 100));
  }

  private static Histogram histogram(long millis, int count) {
    Histogram histogram = new Histogram(1_000, 600_000_000_000L, 3);
    histogram.recordValueWithCount(millis * MILLI, count);
    return histogram;
  }
}
