package io.logitflow.benchmarks.latency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The raw results in HdrHistogram's own text format, a line per run with the tag {@code
 * VARIANT@RATE#ROUND}. Its tools and plotters read it; values are ns.
 */
final class HistogramLog {

  private HistogramLog() {}

  static void write(Path file, List<LatencyMeasurement> measurements) throws IOException {
    HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
    writer.outputComment("[Latencies in ns; tags: VARIANT@RATE#ROUND]");
    writer.outputLogFormatVersion();
    writer.outputLegend();
    double from = 0;
    for (LatencyMeasurement measurement : measurements) {
      Histogram histogram = measurement.histogram().copy();
      histogram.setTag(measurement.tag());
      // Seconds that count, one run after the other.
      writer.outputIntervalHistogram(from, from + measurement.seconds(), histogram);
      from += measurement.seconds();
    }
    writer.close();
  }
}
