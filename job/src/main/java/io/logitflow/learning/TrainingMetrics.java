package io.logitflow.learning;

import io.logitflow.training.Progress;
import io.logitflow.training.TrainingListener;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how trainings go on: as metrics and, now and then, in the log. */
final class TrainingMetrics implements TrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingMetrics.class);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(2);

  private final String model;
  private final Counter trainings;
  private volatile Progress progress = new Progress(0, Double.NaN, Double.NaN, Double.NaN);
  private volatile double lastSeconds = Double.NaN;
  private volatile long startedAt;
  private volatile long loggedAt;

  TrainingMetrics(MetricGroup group, String model) {
    this.model = model;
    this.trainings = group.counter("trainings");
    group.gauge("trainingStep", () -> progress.step());
    group.gauge("trainingLoss", () -> progress.loss());
    group.gauge("trainingHoldoutNll", () -> progress.holdoutLoss());
    group.gauge("lastTrainingSeconds", () -> lastSeconds);
  }

  /** A training begins. */
  void started() {
    startedAt = System.nanoTime();
    loggedAt = startedAt;
  }

  /** It has ended. */
  void finished() {
    trainings.inc();
    lastSeconds = (System.nanoTime() - startedAt) / 1e9;
  }

  @Override
  public void progressed(Progress now, double[] point) {
    progress = now;
    if (System.nanoTime() - loggedAt >= LOG_INTERVAL.toNanos()) {
      loggedAt = System.nanoTime();
      LOG.info(
          "Training of model '{}': step {}, loss {}, held-out NLL {}",
          model,
          now.step(),
          now.loss(),
          now.holdoutLoss());
    }
  }
}
