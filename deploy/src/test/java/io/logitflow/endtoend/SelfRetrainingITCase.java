package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.InvalidCalibrationRecordException;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import io.logitflow.config.Arguments;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.config.TrainingConfig;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.generator.LoadConfig;
import io.logitflow.generator.LoadGenerator;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.SyntheticModel;
import io.logitflow.generator.drift.Drift;
import io.logitflow.generator.schedule.LabelDelay;
import io.logitflow.job.FeedbackJob;
import io.logitflow.job.ScoringJob;
import io.logitflow.job.TrainingJob;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scoring, feedback and training beside each other on a stream that drifts. The champion is the
 * truth behind a synthetic stream until every feature moves one place on; what is learned from the
 * stream can be as good again.
 */
class SelfRetrainingITCase {

  private static final String MODEL = "loop";
  private static final int FEATURES = 16;
  private static final int CLASSES = 4;
  private static final int RATE = 1_500;
  private static final int DRIFT_AFTER = 3 * RATE;
  private static final SyntheticModel TRUTH = DatasetCatalogue.syntheticModel(FEATURES, CLASSES, 5);

  @TempDir private Path dir;

  @Test
  void aDriftIsFoundAndLearnedAndWhatIsWorseNeverServes() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        EmbeddedCluster cluster = EmbeddedCluster.start(1, 4, new Configuration());
        Topics topics = topics(broker);
        ModelTopic models = new ModelTopic(broker.bootstrapServers(), Topics.MODELS, Map.of())) {
      long champion = models.publish(model(1, "class-"));
      models.promote(MODEL, champion, "test", "");
      long worse = models.publish(model(-1, "class-"));
      models.challenge(MODEL, "challenger-worse", Long.toString(worse), "test", "");
      long foreign = models.publish(model(1, "other-"));
      models.challenge(MODEL, "challenger-foreign", Long.toString(foreign), "test", "");

      try (Jobs jobs = Jobs.start(broker, cluster);
          Traffic traffic = Traffic.start(broker);
          TopicReader<Decision> decisions = reader(broker, "decisions", Decision.getDecoder());
          TopicReader<CalibrationRecord> windows =
              reader(broker, "calibration", CalibrationRecord.getDecoder())) {
        Decision rejected = await(decisions, DecisionKind.REJECTION, DecisionOutcome.APPLIED);
        assertThat(rejected.getCandidateVersion()).isEqualTo(worse);
        Decision alarm = await(decisions, DecisionKind.DRIFT_ALARM, DecisionOutcome.APPLIED);
        assertThat(alarm.getModelVersion()).isEqualTo(champion);
        Decision trained = await(decisions, DecisionKind.RETRAINING, DecisionOutcome.PROPOSED);
        long challenger = trained.getCandidateVersion();
        Decision promoted = await(decisions, DecisionKind.PROMOTION, DecisionOutcome.APPLIED);
        assertThat(promoted.getCandidateVersion()).isEqualTo(challenger);
        windows.until(records -> labelled(champions(records, challenger)) > 2 * RATE);
        assertThat(models.read().alias(MODEL, ModelKey.PREVIOUS))
            .isEqualTo(OptionalLong.of(champion));

        models.promote(MODEL, worse, "test", "it looked good");
        Decision back = await(decisions, DecisionKind.ROLLBACK, DecisionOutcome.APPLIED);
        assertThat(back.getModelVersion()).isEqualTo(worse);
        assertThat(back.getCandidateVersion()).isEqualTo(challenger);
        traffic.stop();
        jobs.requireRunning();

        List<CalibrationRecord> all = windows.toEnd();
        Map<Boolean, List<CalibrationRecord>> first = aroundTheDrift(champions(all, champion));
        double before = accuracy(first.get(false));
        double drifted = accuracy(first.get(true));
        double recovered = accuracy(champions(all, challenger));
        assertThat(drifted).isLessThan(before - 0.1);
        assertThat(recovered)
            .as("accuracy with most of what the drift took")
            .isGreaterThan((before + drifted) / 2);
        assertThat(decisions.toEnd())
            .as("decisions by which a version came to serve")
            .filteredOn(decision -> decision.getOutcome() == DecisionOutcome.APPLIED)
            .filteredOn(
                decision ->
                    decision.getKind() == DecisionKind.PROMOTION
                        || decision.getKind() == DecisionKind.ROLLBACK)
            .extracting(Decision::getCandidateVersion)
            .doesNotContain(worse, foreign);
        assertThat(topics.deadLetters(letters -> !letters.isEmpty()))
            .allMatch(letter -> letter.getReason() == DeadLetterReason.MODEL_REFUSED)
            .anyMatch(letter -> letter.getDetail().contains("other-0"));
      }
    }
  }

  private static Topics topics(EmbeddedBroker broker) throws Exception {
    for (String topic : List.of("labels", "calibration", "decisions", "evaluations")) {
      broker.createTopic(topic, 1, Map.of());
    }
    return Topics.create(broker, 1);
  }

  /** The truth before the drift, its logits times a factor. */
  private static Model model(float factor, String classPrefix) throws InvalidModelException {
    return Model.builder()
        .name(MODEL)
        .createdAt(Instant.EPOCH)
        .classNames(IntStream.range(0, CLASSES).mapToObj(k -> classPrefix + k).toList())
        .layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(times(factor, TRUTH.weights()), CLASSES, FEATURES),
                    Tensor.float32(times(factor, TRUTH.biases()), CLASSES))))
        .build();
  }

  private static float[] times(float factor, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private static <T> TopicReader<T> reader(
      EmbeddedBroker broker, String topic, MessageDecoder<T> decoder) {
    return new TopicReader<>(
        broker.bootstrapServers(),
        topic,
        record -> {
          try {
            return SingleObjects.decode(decoder, record.value());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The first decision of a kind and outcome. */
  private static Decision await(
      TopicReader<Decision> decisions, DecisionKind kind, DecisionOutcome outcome) {
    return decisions.until(read -> read.stream().anyMatch(is(kind, outcome))).stream()
        .filter(is(kind, outcome))
        .findFirst()
        .orElseThrow();
  }

  private static Predicate<Decision> is(DecisionKind kind, DecisionOutcome outcome) {
    return decision -> decision.getKind() == kind && decision.getOutcome() == outcome;
  }

  /** The complete windows that a version served in, oldest first. */
  private static List<CalibrationRecord> champions(List<CalibrationRecord> records, long version) {
    return records.stream()
        .filter(record -> record.getRole() == ModelRole.CHAMPION)
        .filter(record -> record.getModelVersion() == version)
        .filter(record -> record.getFiring() == Firing.ON_TIME)
        .sorted(Comparator.comparing(CalibrationRecord::getWindowStart))
        .toList();
  }

  /**
   * The first champion's windows that end before the drift (false) and that begin after it (true).
   */
  private static Map<Boolean, List<CalibrationRecord>> aroundTheDrift(
      List<CalibrationRecord> windows) {
    Map<Boolean, List<CalibrationRecord>> sides =
        Map.of(false, new ArrayList<>(), true, new ArrayList<>());
    long records = 0;
    for (CalibrationRecord window : windows) {
      boolean drifted = records >= DRIFT_AFTER;
      records += statistics(window).predictions();
      if (drifted || records <= DRIFT_AFTER) {
        sides.get(drifted).add(window);
      }
    }
    return sides;
  }

  private static long labelled(List<CalibrationRecord> windows) {
    return windows.stream().mapToLong(window -> statistics(window).labelled()).sum();
  }

  private static double accuracy(List<CalibrationRecord> windows) {
    return (double) windows.stream().mapToLong(window -> statistics(window).correct()).sum()
        / labelled(windows);
  }

  private static CalibrationStatistics statistics(CalibrationRecord record) {
    try {
      return CalibrationRecords.fromRecord(record);
    } catch (InvalidCalibrationRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** The three jobs. */
  private record Jobs(List<JobClient> jobs) implements AutoCloseable {

    static Jobs start(EmbeddedBroker broker, EmbeddedCluster cluster) throws Exception {
      List<String> common =
          List.of(
              "--bootstrap-servers=" + broker.bootstrapServers(),
              "--model=" + MODEL,
              "--from=earliest",
              "--parallelism=1",
              "--max-out-of-orderness=200 ms",
              // No input ever ends: what is held up is waited for.
              "--idle-timeout=1 min");
      Jobs jobs = new Jobs(new ArrayList<>());
      try {
        StreamExecutionEnvironment env = cluster.environment();
        ScoringJob.wire(env, scoring(common));
        jobs.jobs().add(env.executeAsync("scoring"));
        env = cluster.environment();
        FeedbackJob.wire(env, feedback(common));
        jobs.jobs().add(env.executeAsync("feedback"));
        env = cluster.environment();
        TrainingJob.wire(env, training(common));
        jobs.jobs().add(env.executeAsync("training"));
        return jobs;
      } catch (Exception e) {
        jobs.close();
        throw e;
      }
    }

    private static ScoringConfig scoring(List<String> common) throws Exception {
      return ScoringJob.configure(
          Arguments.parse(JobOptions.SCORING, common.toArray(String[]::new)));
    }

    private static FeedbackConfig feedback(List<String> common) throws Exception {
      return FeedbackJob.configure(
          Arguments.parse(
              JobOptions.FEEDBACK,
              with(
                  common,
                  "--window=1 s",
                  "--maturity=1 s",
                  "--retention=5 s",
                  "--report-interval=1 s",
                  "--recalibration=off",
                  "--promotion-min-labels=500",
                  "--drift-reference-labels=1000")));
    }

    private static TrainingConfig training(List<String> common) throws Exception {
      return TrainingJob.configure(
          Arguments.parse(
              JobOptions.TRAINING,
              with(
                  common,
                  "--maturity=1 s",
                  "--train-interval=0 s",
                  "--train-cool-down=1 s",
                  "--train-min-rows=500",
                  "--sample-size=100",
                  "--class-floor=0",
                  "--recent-size=3000")));
    }

    private static String[] with(List<String> common, String... options) {
      List<String> all = new ArrayList<>(common);
      all.addAll(List.of(options));
      return all.toArray(String[]::new);
    }

    void requireRunning() throws Exception {
      for (JobClient job : jobs) {
        assertThat(job.getJobStatus().get().isTerminalState()).isFalse();
      }
    }

    @Override
    public void close() throws Exception {
      for (JobClient job : jobs) {
        if (!job.getJobStatus().get().isGloballyTerminalState()) {
          job.cancel().get();
        }
      }
    }
  }

  /** The load generator on a thread of its own. */
  private record Traffic(LoadGenerator generator, ExecutorService thread) implements AutoCloseable {

    static Traffic start(EmbeddedBroker broker) {
      LoadGenerator generator =
          new LoadGenerator(
              LoadConfig.builder()
                  .bootstrapServers(broker.bootstrapServers())
                  .featuresTopic(Topics.FEATURES)
                  .labelsTopic("labels")
                  .dataset(DatasetCatalogue.synthetic(TRUTH, 1_000_000, 6))
                  .rate(RATE)
                  .drift(Drift.parse("roll:1@" + DRIFT_AFTER))
                  .labelDelay(new LabelDelay.Uniform(Duration.ofMillis(50), Duration.ofMillis(500)))
                  .build());
      Traffic traffic = new Traffic(generator, Executors.newSingleThreadExecutor());
      var unused =
          traffic.thread.submit(
              () -> {
                generator.run();
                return null;
              });
      return traffic;
    }

    void stop() throws InterruptedException {
      generator.stop();
      thread.shutdown();
      assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).as("the generator ends").isTrue();
    }

    @Override
    public void close() throws InterruptedException {
      stop();
    }
  }
}
