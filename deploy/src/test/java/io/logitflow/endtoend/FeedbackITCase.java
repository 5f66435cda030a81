package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.InvalidCalibrationRecordException;
import io.logitflow.calibration.LogitFit;
import io.logitflow.calibration.TemperatureCurve;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import io.logitflow.connector.ModelTopic;
import io.logitflow.endtoend.LabelledTraffic.Arrival;
import io.logitflow.endtoend.LabelledTraffic.Run;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.SingleObjects;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Predictions and labels through Kafka and Flink become statistics, and better calibrations. */
class FeedbackITCase {

  /** Float32 probabilities against those in float64 that the reference used. */
  private static final double ROUNDING = 1e-6;

  /** Few rows, for what takes several runs. */
  private static final ReferenceModel SMALL = ReferenceModel.DIGITS_LBFGS;

  private static final Instant AFTER_ALL_ROWS =
      Instant.ofEpochMilli(LabelledTraffic.TIME).plus(Duration.ofMinutes(5));

  @TempDir private static Path dir;
  private static LabelledTraffic traffic;

  @BeforeAll
  static void start() throws Exception {
    traffic = LabelledTraffic.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    traffic.close();
  }

  static Stream<ReferenceModel> models() {
    return ReferenceModel.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void reproducesTheReferenceMetrics(ReferenceModel model) throws Exception {
    Run run =
        traffic.feedback(
            model,
            traffic.labelsTopic(2, traffic.labels(model)),
            "--window=100 s",
            "--parallelism=2",
            "--recalibration=off");
    List<CalibrationRecord> records = champions(traffic.calibration(run), "");
    assertThat(records).hasSize((model.rows() + 9_999) / 10_000);
    assertThat(records).allMatch(record -> record.getFiring() == Firing.FINAL);

    ReferenceMetrics expected = ReferenceMetrics.of(model);
    CalibrationStatistics statistics = merged(records);
    CalibrationMetrics is = CalibrationMetrics.of(statistics);
    assertThat(statistics.predictions()).isEqualTo(expected.count("n"));
    assertThat(statistics.labelled()).isEqualTo(expected.count("n"));
    assertThat(statistics.correct()).isEqualTo(expected.count("correct"));
    assertThat(is.confusion()).isDeepEqualTo(expected.confusion());
    assertThat(is.nll()).isCloseTo(expected.metric("nll"), within(ROUNDING));
    assertThat(is.brier()).isCloseTo(expected.metric("brier"), within(ROUNDING));
    assertThat(is.meanConfidence()).isCloseTo(expected.metric("mean_confidence"), within(ROUNDING));
    assertThat(is.expectedAccuracy()).isEqualTo(is.meanConfidence());

    long[] crossings = is.reliabilityBins().count().clone();
    Arrays.setAll(crossings, bin -> Math.abs(crossings[bin] - expected.binCounts()[bin]));
    double crossed = Arrays.stream(crossings).sum() / 2.0 / model.rows();
    assertThat(crossed).as("rows whose confidence crosses the edge of a bin").isZero();
    assertThat(is.ece()).isCloseTo(expected.metric("ece15"), within(ROUNDING));
    assertThat(is.classwiseEce()).isCloseTo(expected.metric("classwise_ece15"), within(ROUNDING));
    double[] classwise = expected.classwiseErrors();
    for (int k = 0; k < classwise.length; k++) {
      assertThat(is.classwiseErrors()[k])
          .as("class %d", k)
          .isCloseTo(classwise[k], within(ROUNDING));
    }
    // Rows of one of 4,096 fine bins cannot be told apart where equal masses are cut.
    assertThat(is.equalMassEce()).isCloseTo(expected.metric("adaptive_ece15"), within(1e-3));
    double exact = LogitFit.temperature(traffic.rowsWithLabels(model), 0).temperature();
    assertThat(Math.exp(-TemperatureCurve.of(statistics).optimum(0)))
        .isCloseTo(exact, within(2e-4 * exact));

    List<CalibrationRecord> segment = champions(traffic.calibration(run), "third");
    assertThat(merged(segment).labelled()).isEqualTo((model.rows() + 2) / 3);
  }

  @Test
  void followsFlightsOverTime() throws Exception {
    ReferenceModel model = ReferenceModel.FLIGHTS_SGD;
    Run run =
        traffic.feedback(
            model,
            traffic.labelsTopic(3, traffic.labels(model)),
            "--window=25 s",
            "--parallelism=2",
            "--recalibration=off");
    List<CalibrationRecord> windows = champions(traffic.calibration(run), "");
    JsonNode expected = ReferenceMetrics.of(model).overTime();
    assertThat(windows).hasSize(expected.size());
    for (int i = 0; i < windows.size(); i++) {
      JsonNode window = expected.get(i);
      CalibrationStatistics statistics = CalibrationRecords.fromRecord(windows.get(i));
      CalibrationMetrics is = CalibrationMetrics.of(statistics);
      assertThat(statistics.labelled()).isEqualTo(2_500);
      assertThat(is.accuracy()).isEqualTo(window.get("accuracy").asDouble());
      assertThat(is.nll()).isCloseTo(window.get("nll").asDouble(), within(ROUNDING));
      assertThat(is.brier()).isCloseTo(window.get("brier").asDouble(), within(ROUNDING));
      assertThat(is.ece()).isCloseTo(window.get("ece15").asDouble(), within(ROUNDING));
      for (int k = 0; k < 4; k++) {
        assertThat(is.trueCounts()[k] / 2_500.0)
            .isCloseTo(window.get("label_freq").get(k).asDouble(), within(1e-12));
      }
    }
  }

  /** Sums are exact, so there is nothing to tolerate. */
  @Test
  void anyOrderPartitioningAndParallelismGiveTheSameRecords() throws Exception {
    List<Arrival> shuffled = new ArrayList<>(traffic.labels(SMALL));
    Collections.shuffle(shuffled, new Random(1));
    Run run =
        traffic.feedback(
            SMALL,
            traffic.labelsTopic(4, shuffled),
            "--window=1 s",
            "--parallelism=3",
            "--max-out-of-orderness=5 min",
            "--recalibration=off");
    assertThat(statistics(run)).isDeepEqualTo(ofOneSubtask());
  }

  /** Half of the labels come when their windows count as complete, to a job that was restored. */
  @Test
  void lateRevisionsAfterARestoreWithOtherParallelismGiveTheSameRecords() throws Exception {
    List<Arrival> labels = traffic.labels(SMALL);
    int half = labels.size() / 2;
    String topic = traffic.labelsTopic(2, labels.subList(0, half));
    byte[][] expected = ofOneSubtask();
    String model = SMALL.name();
    String predictions = traffic.score(model, traffic.features(SMALL.dataset()));
    try (Run first = traffic.startFeedback(model, predictions, topic, with("--parallelism=1"))) {
      Await.until("the first half", () -> labelled(first) == half);
      traffic.pass(model, predictions, topic, Duration.ofMinutes(10));
      Await.until("complete windows", () -> written(first, Firing.ON_TIME) == expected.length);
      String savepoint =
          first
              .job()
              .stopWithSavepoint(
                  false,
                  dir.resolve("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      traffic.sendLabels(topic, 2, labels.subList(half, labels.size()));
      try (Run second =
          traffic.restoreFeedback(
              first, savepoint, model, predictions, topic, with("--parallelism=3"))) {
        Await.until("the second half", () -> labelled(second) == labels.size());
        Await.until("late revisions", () -> written(second, Firing.LATE) == expected.length);
        traffic.pass(model, predictions, topic, Duration.ofHours(3));
        Await.until(
            "the end of all windows", () -> written(second, Firing.FINAL) == expected.length);
      }
      assertThat(statistics(first)).isDeepEqualTo(expected);
    }
  }

  private static String[] with(String option) {
    return new String[] {
      option,
      "--window=1 s",
      "--report-interval=100 ms",
      "--idle-timeout=1 s",
      "--state-backend=rocksdb",
      "--recalibration=off"
    };
  }

  private static long labelled(Run run) {
    return champions(traffic.calibration(run), "").stream()
        .mapToLong(CalibrationRecord::getLabelled)
        .sum();
  }

  /** Windows whose last record was written for this reason. */
  private static long written(Run run, Firing firing) {
    return champions(traffic.calibration(run)).stream()
        .filter(record -> record.getFiring() == firing)
        .count();
  }

  private static byte[][] ofOneSubtask() throws Exception {
    return statistics(
        traffic.feedback(
            SMALL,
            traffic.labelsTopic(1, traffic.labels(SMALL)),
            "--window=1 s",
            "--parallelism=1",
            "--recalibration=off"));
  }

  @Test
  void countsWhatBecameOfEveryLabel() throws Exception {
    ReferenceModel model = ReferenceModel.DIGITS_SGD;
    List<Arrival> once = traffic.labels(model);
    List<Arrival> labels = new ArrayList<>();
    for (Arrival label : once) {
      int row = Integer.parseInt(label.recordId());
      switch (row % 5) {
        case 0 -> {}
        case 1 -> labels.add(label);
        case 2 -> labels.addAll(List.of(label, label));
        case 3 -> {
          // Another class first, and corrected.
          labels.add(new Arrival(label.recordId(), label.time() - 1, (label.label() + 1) % 10));
          labels.add(label);
        }
        default -> labels.add(new Arrival(label.recordId(), label.time(), 99));
      }
    }
    labels.add(new Arrival("nobody", LabelledTraffic.TIME + 5, 3));
    labels.sort(Comparator.comparingLong(Arrival::time));
    Run run =
        traffic.feedback(
            model, traffic.labelsTopic(2, labels), "--window=100 s", "--recalibration=off");
    List<CalibrationRecord> records = traffic.calibration(run);
    CalibrationRecord record = champions(records, "").get(0);
    long[] rows = new long[5];
    IntStream.range(0, model.rows()).forEach(row -> rows[row % 5]++);
    assertThat(record.getPredictions()).isEqualTo(model.rows());
    assertThat(record.getLabelled()).isEqualTo(rows[1] + rows[2] + rows[3]);
    assertThat(record.getExpired()).isEqualTo(rows[0] + rows[4]);
    assertThat(record.getDuplicateLabels()).isEqualTo(rows[2]);
    assertThat(record.getCorrectedLabels()).isEqualTo(rows[3]);
    assertThat(record.getConflictingLabels()).isZero();
    assertThat(record.getUnknownClassLabels()).isEqualTo(rows[4]);
    List<CalibrationRecord> unmatched =
        records.stream().filter(r -> r.getRole() == ModelRole.UNKNOWN).toList();
    assertThat(unmatched).hasSize(1);
    assertThat(unmatched.get(0).getLabelsWithoutPrediction()).isEqualTo(1);
    assertThat(unmatched.get(0).getModelVersion()).isZero();
  }

  /** Logits shrunk to a fifth make a model that is right far more often than it says. */
  @Test
  void repairsAnUnderconfidentModel() throws Exception {
    Model shy = shrunk(ReferenceModel.FASHION_SGD.model(), 0.2f);
    traffic.publish(shy);
    String features = traffic.features(ReferenceModel.FASHION_SGD.dataset());
    String labels = traffic.labelsTopic(2, traffic.labels(ReferenceModel.FASHION_SGD));
    String before = traffic.score(shy.name(), features);
    Run run = traffic.feedback(shy.name(), before, labels, "--window=5 s", "--parallelism=2");

    List<Decision> decisions = traffic.decisions(run);
    assertThat(decisions).hasSize(1);
    Decision decision = decisions.get(0);
    assertThat(decision.getOutcome()).as(decision.toString()).isEqualTo(DecisionOutcome.APPLIED);
    assertThat(decision.getModelVersion()).isEqualTo(1);
    assertThat(decision.getCandidateVersion()).isEqualTo(2);
    double temperature = decision.getEvidence().get("temperatureAfter");
    // That of the reference on the rows of its own validation, with what 200 rows less tell.
    assertThat(temperature).isCloseTo(0.2 * 0.854, withinPercentage(10));

    // As after a failure between publishing and the next checkpoint: the version is found again.
    traffic.alias(shy.name(), 1);
    Run again = traffic.feedback(shy.name(), before, labels, "--window=5 s", "--parallelism=2");
    assertThat(traffic.decisions(again))
        .extracting(Decision::getOutcome, Decision::getCandidateVersion)
        .containsExactly(tuple(DecisionOutcome.APPLIED, 2L));

    String after = traffic.score(shy.name(), features);
    Run calibrated =
        traffic.feedback(shy.name(), after, labels, "--window=100 s", "--recalibration=off");
    CalibrationRecord record = champions(traffic.calibration(calibrated), "").get(0);
    assertThat(record.getModelVersion()).isEqualTo(2);
    assertThat(record.getCalibrationVersion()).isEqualTo(1);
    CalibrationStatistics statistics = CalibrationRecords.fromRecord(record);
    assertThat(statistics.correct()).isEqualTo(ReferenceModel.FASHION_SGD.correct());
    assertThat(CalibrationMetrics.of(statistics).ece()).isLessThan(0.02);
    assertThat(CalibrationMetrics.of(merged(champions(traffic.calibration(run), ""))).ece())
        .isGreaterThan(0.3);
  }

  /**
   * The champion is wrong without being sure of it, one challenger is right, and one is wrong and
   * sure; then that one is made the champion by hand.
   */
  @Test
  void promotesRejectsAndRollsBack() throws Exception {
    Model good = ReferenceModel.DIGITS_LBFGS.model().toBuilder().name("digits-tested").build();
    String features = traffic.features(ReferenceModel.DIGITS_LBFGS.dataset());
    String labels = traffic.labelsTopic(2, traffic.labels(ReferenceModel.DIGITS_LBFGS));
    String[] options = {
      "--window=1 s", "--parallelism=2", "--recalibration=off", "--promotion-min-labels=150"
    };
    try (ModelTopic models = traffic.models()) {
      String model = good.name();
      long confused = models.publish(scaled(good, -0.2f));
      long better = models.publish(good);
      long wrong = models.publish(scaled(good, -1));
      models.promote(model, confused, "test", "");
      models.challenge(model, "challenger", Long.toString(better), "test", "");
      models.challenge(model, "challenger-wrong", Long.toString(wrong), "test", "");

      Run tested = traffic.feedback(model, traffic.score(model, features), labels, options);
      assertThat(traffic.decisions(tested))
          .extracting(
              Decision::getKind,
              Decision::getOutcome,
              Decision::getModelVersion,
              Decision::getCandidateVersion)
          .containsExactlyInAnyOrder(
              tuple(DecisionKind.PROMOTION, DecisionOutcome.NOT_NOW, confused, better),
              tuple(DecisionKind.PROMOTION, DecisionOutcome.NOT_NOW, confused, wrong),
              tuple(DecisionKind.PROMOTION, DecisionOutcome.APPLIED, confused, better),
              tuple(DecisionKind.REJECTION, DecisionOutcome.APPLIED, confused, wrong));
      assertThat(versions(models, model))
          .isEqualTo(Map.of("champion", better, "previous", confused));

      models.promote(model, wrong, "test", "it looked good");
      Run regression = traffic.feedback(model, traffic.score(model, features), labels, options);
      assertThat(traffic.decisions(regression))
          .extracting(
              Decision::getKind,
              Decision::getOutcome,
              Decision::getModelVersion,
              Decision::getCandidateVersion)
          .containsExactly(
              tuple(DecisionKind.ROLLBACK, DecisionOutcome.NOT_NOW, wrong, better),
              tuple(DecisionKind.ROLLBACK, DecisionOutcome.APPLIED, wrong, better));
      assertThat(versions(models, model)).isEqualTo(Map.of("champion", better, "previous", wrong));
    }
  }

  /** The versions of the aliases of a model. */
  private static Map<String, Long> versions(ModelTopic models, String model) throws Exception {
    Map<String, Long> versions = new TreeMap<>();
    models
        .read()
        .aliases(model)
        .forEach((alias, assignment) -> versions.put(alias, assignment.version()));
    return versions;
  }

  private static Model shrunk(Model model, float factor) throws InvalidModelException {
    return scaled(model, factor).toBuilder().name(model.name() + "-shy").build();
  }

  private static Model scaled(Model model, float factor) throws InvalidModelException {
    LinearLayer layer = (LinearLayer) model.layers().get(0);
    return model.toBuilder()
        .layers(
            List.of(
                LinearLayer.of(
                    scaled(layer.weight(), factor, layer.outputs(), layer.inputs()),
                    scaled(layer.bias().orElseThrow(), factor, layer.outputs()))))
        .goldenRows(List.of())
        .build();
  }

  private static Tensor scaled(Tensor tensor, float factor, int... shape) {
    double[] values = tensor.toDoubles();
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (factor * values[i]);
    }
    return Tensor.float32(scaled, shape);
  }

  private static List<CalibrationRecord> champions(
      List<CalibrationRecord> records, String segment) {
    return champions(records).stream()
        .filter(record -> record.getSegment().equals(segment))
        .toList();
  }

  private static List<CalibrationRecord> champions(List<CalibrationRecord> records) {
    return records.stream()
        .filter(record -> record.getRole() == ModelRole.CHAMPION)
        .filter(record -> record.getWindowStart().isBefore(AFTER_ALL_ROWS))
        .sorted(Comparator.comparing(CalibrationRecord::getWindowStart))
        .toList();
  }

  private static CalibrationStatistics merged(List<CalibrationRecord> records)
      throws InvalidCalibrationRecordException {
    CalibrationStatistics merged = CalibrationRecords.fromRecord(records.get(0));
    for (CalibrationRecord record : records.subList(1, records.size())) {
      merged.merge(CalibrationRecords.fromRecord(record));
    }
    return merged;
  }

  /** The final records of a run without what says when and how often they were written. */
  private static byte[][] statistics(Run run) {
    return champions(traffic.calibration(run)).stream()
        .filter(record -> record.getFiring() == Firing.FINAL)
        .sorted(
            Comparator.comparing(CalibrationRecord::getWindowStart)
                .thenComparing(CalibrationRecord::getSegment))
        .map(
            record ->
                CalibrationRecord.newBuilder(record)
                    .setRevision(0)
                    .setWatermark(Instant.EPOCH)
                    .build())
        .map(record -> SingleObjects.encode(CalibrationRecord.getEncoder(), record))
        .toArray(byte[][]::new);
  }
}
