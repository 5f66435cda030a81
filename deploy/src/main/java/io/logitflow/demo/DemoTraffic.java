package io.logitflow.demo;

import io.logitflow.generator.LoadConfig;
import io.logitflow.generator.LoadGenerator;
import io.logitflow.generator.LoadProgress;
import io.logitflow.generator.PendingLabelPolicy;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.DatasetException;
import io.logitflow.generator.dataset.Split;
import io.logitflow.generator.drift.Drift.FeatureRoll;
import io.logitflow.generator.drift.Ramp;
import io.logitflow.generator.schedule.LabelDelay;
import io.logitflow.generator.schedule.LoadRate;
import java.time.Duration;
import java.util.Optional;

/**
 * The load generator on a thread of its own: it sends the rows that models are measured on, pass
 * after pass. Labels follow up to two seconds after the features.
 */
final class DemoTraffic {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  /** Windows of predictions wait for their labels as long as that. */
  private static final LabelDelay LABEL_DELAY =
      new LabelDelay.Uniform(Duration.ofMillis(100), Duration.ofSeconds(2));

  private final LoadGenerator generator;
  private final Thread thread;
  private volatile Optional<Throwable> failure = Optional.empty();

  private DemoTraffic(LoadGenerator generator) {
    this.generator = generator;
    this.thread = new Thread(this::send, "demo-traffic");
    thread.setUncaughtExceptionHandler((source, problem) -> failure = Optional.of(problem));
  }

  /** Prepares what the demo sends. */
  static DemoTraffic of(DemoConfig config, String bootstrapServers, DemoTopics topics)
      throws DatasetException {
    LoadConfig.Builder load = LoadConfig.builder();
    if (config.rate().isPresent()) {
      // The latency that is shown begins when a record should have been sent.
      load.producer("linger.ms", "0");
    }
    config.driftAt().ifPresent(at -> load.drift(drift(config.dataset(), at)));
    return new DemoTraffic(
        new LoadGenerator(
            load.bootstrapServers(bootstrapServers)
                .featuresTopic(topics.features())
                .labelsTopic(topics.labels())
                .dataset(DatasetCatalogue.open(config.dataset().toString()))
                .split(Split.TEST)
                .rate(
                    config.rate().isPresent()
                        ? LoadRate.of(config.rate().getAsDouble())
                        : LoadRate.UNLIMITED)
                .duration(config.duration())
                .passes(LoadConfig.FOREVER)
                .labelDelay(LABEL_DELAY)
                .pendingLabels(PendingLabelPolicy.SEND)
                .build()));
  }

  private static FeatureRoll drift(DemoDataset dataset, Duration at) {
    return new FeatureRoll(
        dataset.rolledPlaces(), new Ramp(Ramp.Unit.NANOS, at.toNanos(), at.toNanos()));
  }

  /** Begins to send. */
  void start() {
    thread.start();
  }

  /** What was sent up to now. */
  LoadProgress progress() {
    return generator.progress();
  }

  /** Holds back features, or lets them go again. */
  void holdBack(boolean hold) {
    generator.holdBack(hold);
  }

  /** Whether everything is sent and acknowledged, or nothing more can be. */
  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Why sending ended, if it ended by itself before its time. */
  Optional<Throwable> failure() {
    return failure;
  }

  /** Ends sending and waits until what was sent is acknowledged. */
  void stop() throws InterruptedException {
    generator.stop();
    thread.join(STOP_LIMIT.toMillis());
  }

  private void send() {
    try {
      generator.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
