package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.ChildJvm;
import io.logitflow.benchmarks.pipeline.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs variants, one at a time, each run on topics of its own. */
final class LatencyRuns {

  /** Records that only show whether the pipeline runs have numbers from here on. */
  private static final long PROBES_FROM = 900_000_000_000L;

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final long PROBE_INTERVAL_MILLIS = 50;

  /** The schedule begins a moment after the first prediction, when the caller is ready. */
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final LatencyWorkload workload;
  private final Topics topics;
  private final Duration warmUp;
  private final Duration measured;
  private final Duration patience;
  private final Duration burst;
  private int runs;

  /**
   * Creates the runs.
   *
   * @param warmUp beginning of a run that does not count
   * @param measured what comes then
   * @param patience how long to wait for predictions after the last record
   * @param burst time between two bursts of records
   */
  LatencyRuns(
      LatencyWorkload workload,
      Topics topics,
      Duration warmUp,
      Duration measured,
      Duration patience,
      Duration burst) {
    this.workload = workload;
    this.topics = topics;
    this.warmUp = warmUp;
    this.measured = measured;
    this.patience = patience;
    this.burst = burst;
  }

  /** Does something while a pipeline runs. */
  private interface Use<T> {
    T use(Generator generator, PredictionReader reader, String featuresTopic) throws Exception;
  }

  /** Latencies at a rate. */
  Latencies latencies(LatencyVariant variant, ChildJvm jvm, double recordsPerSecond)
      throws Exception {
    return during(
        variant,
        jvm,
        (generator, reader, featuresTopic) -> {
          Schedule schedule =
              new Schedule(System.nanoTime() + HEAD_START_NANOS, recordsPerSecond, burst.toNanos());
          long from = schedule.records(warmUp);
          long to = from + schedule.records(measured);
          Latencies latencies = new Latencies(schedule, from, to);
          reader.listener(latencies::received);
          long deadline = schedule.intendedNanos(to) + patience.toNanos();
          generator.send(featuresTopic, schedule, to, deadline);
          while (!latencies.complete() && System.nanoTime() < deadline) {
            Thread.sleep(1);
          }
          return latencies;
        });
  }

  /** Predictions per second while the generator follows as fast as they come. */
  double maximum(LatencyVariant variant, ChildJvm jvm) throws Exception {
    return during(
        variant,
        jvm,
        (generator, reader, featuresTopic) -> {
          AtomicLong answered = new AtomicLong();
          AtomicLong counted = new AtomicLong();
          long from = System.nanoTime() + warmUp.toNanos();
          long end = from + measured.toNanos();
          reader.listener(
              (number, nanos) -> {
                answered.incrementAndGet();
                if (nanos >= from && nanos < end) {
                  counted.incrementAndGet();
                }
              });
          generator.send(featuresTopic, new Saturation(answered::get), Long.MAX_VALUE, end);
          return counted.get() / (measured.toNanos() / 1e9);
        });
  }

  private <T> T during(LatencyVariant variant, ChildJvm jvm, Use<T> use) throws Exception {
    runs++;
    String features = "features-" + runs;
    String predictions = "predictions-" + runs;
    topics.create(features);
    topics.create(predictions);
    CountDownLatch running = new CountDownLatch(1);
    try (Generator generator = new Generator(workload.bootstrapServers(), workload.shape());
        PredictionReader reader =
            new PredictionReader(
                workload.bootstrapServers(), predictions, (number, nanos) -> running.countDown())) {
      start(variant, jvm, features, predictions);
      awaitPrediction(variant, generator, features, running);
      return use.use(generator, reader, features);
    } finally {
      jvm.send("");
      jvm.receive();
      topics.delete(features, predictions);
    }
  }

  private static void start(
      LatencyVariant variant, ChildJvm jvm, String features, String predictions)
      throws IOException {
    StringBuilder line = new StringBuilder(features);
    line.append(LatencyMain.SEPARATOR).append(predictions);
    variant.options().forEach(option -> line.append(LatencyMain.SEPARATOR).append(option));
    jvm.send(line.toString());
    jvm.receive();
  }

  private static void awaitPrediction(
      LatencyVariant variant, Generator generator, String features, CountDownLatch running)
      throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    long probe = PROBES_FROM;
    do {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s made no prediction for %d s: see its log"
                .formatted(variant.name(), START_PATIENCE.toSeconds()));
      }
      generator.send(features, probe++);
    } while (!running.await(PROBE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
  }
}
