package io.logitflow.demo;

import java.time.Duration;
import java.time.Instant;

/** Takes a snapshot once a second. */
final class DemoProgress {
  private static final int HISTORY = 60;

  private final String title;
  private final Duration duration;
  private final OutputReader reader;
  private final LatencyWindow latency;
  private final JobMetrics metrics;
  private final DemoSnapshot.Addresses addresses;
  private final RecentAccuracy recentAccuracy = new RecentAccuracy();
  private final Instant startTime = Instant.ofEpochMilli(System.currentTimeMillis());
  private final long start = System.nanoTime();
  private final RateMeter in = new RateMeter(HISTORY, start);
  private final RateMeter out = new RateMeter(HISTORY, start);

  DemoProgress(
      String title,
      Duration duration,
      OutputReader reader,
      LatencyWindow latency,
      JobMetrics metrics,
      DemoSnapshot.Addresses addresses) {
    this.title = title;
    this.duration = duration;
    this.reader = reader;
    this.latency = latency;
    this.metrics = metrics;
    this.addresses = addresses;
  }

  /** When the generator started. */
  Instant startTime() {
    return startTime;
  }

  /** The second up to now. */
  DemoSnapshot take(DemoSnapshot.Phase phase, DemoSnapshot.Input input)
      throws InterruptedException {
    long now = System.nanoTime();
    OutputObservation output = reader.observe();
    double inRate = in.update(input.sent(), now);
    double outRate = out.update(output.scored(), now);
    return new DemoSnapshot(
        title,
        phase,
        startTime,
        Duration.ofNanos(now - start),
        duration,
        input,
        new DemoSnapshot.Rates(inRate, outRate, in.history(), out.history()),
        output,
        reader.observeCalibration(),
        recentAccuracy.tick(output.labelled(), output.correct()),
        latency.tick(),
        metrics.microBatchSize(),
        addresses);
  }
}
