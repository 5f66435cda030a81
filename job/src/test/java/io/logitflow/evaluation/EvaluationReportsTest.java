package io.logitflow.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.schema.ChampionReign;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.PredictionDifference;
import io.logitflow.schema.VersionEvaluation;
import io.logitflow.schema.WindowEvaluation;
import io.logitflow.timeline.Reign;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationReportsTest {

  private static final long MINUTE = 60_000;

  /** One record of two classes: probability of class 1, of each version, and the truth. */
  private record Outcome(long time, float reference, float version, int truth) {}

  private static List<Outcome> outcomes(int number, long step) {
    Random random = new Random(3);
    return IntStream.range(0, number)
        .mapToObj(
            i -> new Outcome(i * step, random.nextFloat(), random.nextFloat(), random.nextInt(2)))
        .toList();
  }

  private static ServedDistribution served(float p) {
    return new ServedDistribution(p > 0.5f ? 1 : 0, new float[] {1 - p, p}, new float[0], true, 0);
  }

  private static EvaluationSums sums(List<Outcome> outcomes) {
    EvaluationSums sums = new EvaluationSums(2, MINUTE);
    for (Outcome outcome : outcomes) {
      long start = outcome.time() - outcome.time() % MINUTE;
      CalibrationStatistics reference = new CalibrationStatistics(2);
      reference.addPrediction(served(outcome.reference()));
      reference.addOutcome(served(outcome.reference()), outcome.truth(), 5);
      sums.addWindow(4, start, reference);
      CalibrationStatistics version = new CalibrationStatistics(2);
      version.addPrediction(served(outcome.version()));
      version.addOutcome(served(outcome.version()), outcome.truth(), 5);
      version.addPaired(
          served(outcome.version()),
          served(outcome.reference()),
          4,
          outcome.truth(),
          outcome.truth());
      sums.addWindow(6, start, version);
    }
    return sums;
  }

  private static RunDescription run(String kind) {
    return new RunDescription(
        "run",
        kind,
        "m",
        List.of(new RunDescription.Range("features", 0, 5, 25)),
        List.of("no", "yes"),
        List.of(
            new RunDescription.Version(4, "champion", 0, "aa"),
            new RunDescription.Version(6, "", 1, "bb")),
        List.of(
            new Reign(0, Reign.EVER, 1_000, Reign.Basis.UNKNOWN, "", "", "before"),
            new Reign(4, 1_000, 2_000, Reign.Basis.ALIAS, "", "ada", "first"),
            new Reign(6, 2_000, 3_000, Reign.Basis.DECISION, "PROMOTION", "feedback", "better"),
            new Reign(4, 3_000, 4_000, Reign.Basis.DECISION, "ROLLBACK", "eve", "worse"),
            new Reign(6, 4_000, Reign.STILL, Reign.Basis.DECISION, "PROMOTION", "eve", "again")),
        Map.of("from", "earliest"));
  }

  @Test
  void reignsFromTheFirstRecordToTheLastComeBackFromTheirState() throws Exception {
    EvaluationSums first = new EvaluationSums(10, 60_000);
    first.addReignRecords(0, 3);
    first.addReign(1, statistics(5, 2));
    first.addReignRecords(1, 7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    first.write(new DataOutputStream(bytes));
    EvaluationSums sums =
        EvaluationSums.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    sums.addReign(1, statistics(2, 1));
    sums.addReignRecords(1, 1);
    sums.addReignRecords(3, 9);

    List<ChampionReign> reigns =
        EvaluationReports.of(run("by-timeline"), sums, Instant.EPOCH).getReigns();

    assertThat(reigns).extracting(ChampionReign::getVersion).containsExactly(null, 4L, 6L, 4L);
    assertThat(reigns).extracting(ChampionReign::getRecords).containsExactly(3L, 8L, 0L, 9L);
    assertThat(reigns).extracting(ChampionReign::getPredictions).containsExactly(0L, 7L, 0L, 0L);
    assertThat(reigns).extracting(ChampionReign::getLabelled).containsExactly(0L, 3L, 0L, 0L);
    assertThat(reigns.get(0).getFrom()).isNull();
    assertThat(reigns.get(0).getUntil()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(reigns.get(0).getMetrics()).isEmpty();
    assertThat(reigns.get(1).getMetrics()).containsEntry("accuracy", 1.0);
    assertThat(reigns.get(2).getKind()).isEqualTo("PROMOTION");
    assertThat(reigns.get(3).getDecidedBy()).isEqualTo("eve");
    assertThat(reigns.get(3).getReason()).isEqualTo("worse");
    assertThat(reigns.get(1).getBasis()).isEqualTo("alias");
  }

  /** Of predictions that are right, the first ones with a label. */
  private static CalibrationStatistics statistics(int predictions, int labelled) {
    CalibrationStatistics statistics = new CalibrationStatistics(2);
    for (int i = 0; i < predictions; i++) {
      ServedDistribution served =
          new ServedDistribution(0, new float[] {0.75f, 0.25f}, new float[0], true, i);
      statistics.addPrediction(served);
      if (i < labelled) {
        statistics.addOutcome(served, 0, 1);
      }
    }
    return statistics;
  }

  @Test
  void comparisonIsThatOfEveryRecordByHand() {
    List<Outcome> outcomes = outcomes(500, 1_000);
    EvaluationReport report =
        EvaluationReports.of(run("with-models"), sums(outcomes), Instant.EPOCH);

    double sum = 0;
    double squares = 0;
    long referenceOnly = 0;
    long versionOnly = 0;
    for (Outcome outcome : outcomes) {
      double r = outcome.reference() - outcome.truth();
      double v = outcome.version() - outcome.truth();
      // Of two classes, half of the Brier score is the square of either error.
      double d = r * r - v * v;
      sum += d;
      squares += d * d;
      boolean referenceRight = (outcome.reference() > 0.5f) == (outcome.truth() == 1);
      boolean versionRight = (outcome.version() > 0.5f) == (outcome.truth() == 1);
      referenceOnly += referenceRight && !versionRight ? 1 : 0;
      versionOnly += versionRight && !referenceRight ? 1 : 0;
    }
    double mean = sum / 500;
    double error = Math.sqrt((squares - 500 * mean * mean) / 499 / 500);
    PairedEvaluation pair = report.getComparisons().get(0);
    assertThat(pair.getRecords()).isEqualTo(500);
    assertThat(pair.getReference()).isEqualTo(4);
    assertThat(pair.getVersion()).isEqualTo(6);
    assertThat(pair.getReferenceOnlyCorrect()).isEqualTo(referenceOnly);
    assertThat(pair.getVersionOnlyCorrect()).isEqualTo(versionOnly);
    assertThat(pair.getMetrics().get("meanDifference")).isCloseTo(mean, within(1e-7));
    assertThat(pair.getMetrics().get("fixedLower"))
        .isCloseTo(mean - 1.959964 * error, within(1e-6));
    assertThat(pair.getMetrics().get("fixedUpper"))
        .isCloseTo(mean + 1.959964 * error, within(1e-6));
    assertThat(pair.getMetrics().get("accuracyDifference"))
        .isEqualTo((double) (versionOnly - referenceOnly) / 500);
    assertThat(pair.getWindows()).hasSize(9);
    assertThat(pair.getWindows().get(8).getRecords()).isEqualTo(500);
    assertThat(pair.getWindows().get(8).getLower())
        .isEqualTo(pair.getMetrics().get("sequenceLower"))
        .isLessThan(pair.getMetrics().get("fixedLower"));
  }

  @Test
  void versionsHaveTheirMetricsInAllAndOverTime() {
    EvaluationReport report =
        EvaluationReports.of(run("with-models"), sums(outcomes(500, 1_000)), Instant.EPOCH);
    assertThat(report.getEvaluations())
        .extracting(VersionEvaluation::getName)
        .containsExactly("champion", "");
    VersionEvaluation first = report.getEvaluations().get(0);
    assertThat(first.getRecords()).isEqualTo(500);
    assertThat(first.getWindows()).hasSize(9);
    double correct =
        first.getWindows().stream()
            .mapToDouble(w -> w.getLabelled() * w.getMetrics().get("accuracy"))
            .sum();
    assertThat(correct / 500).isCloseTo(first.getMetrics().get("accuracy"), within(1e-12));
    assertThat(first.getStatistics().getLabelled()).isEqualTo(500);
    assertThat(first.getTo()).isEqualTo(Instant.ofEpochMilli(9 * MINUTE));
  }

  @Test
  void manyWindowsAreMergedAndNothingIsLost() {
    List<Outcome> outcomes = outcomes(1_000, MINUTE);
    EvaluationReport report =
        EvaluationReports.of(run("with-models"), sums(outcomes), Instant.EPOCH);
    VersionEvaluation first = report.getEvaluations().get(0);
    assertThat(first.getWindows()).hasSize(125);
    assertThat(first.getWindows()).extracting(WindowEvaluation::getLabelled).containsOnly(8L);
    assertThat(report.getComparisons().get(0).getRecords()).isEqualTo(1_000);
  }

  @Test
  void differencesAreCountedAndTheFirstOnesKept() throws IOException {
    EvaluationSums sums = new EvaluationSums(2, MINUTE);
    sums.addAudit(6, new VersionAudit(10, 3, 0.5));
    sums.addAudit(6, new VersionAudit(5, 0, 0.75));
    for (long offset : new long[] {9, 3, 7}) {
      sums.addDifference(
          new Difference("r" + offset, "predictions", 0, offset, 6, "label,confidence", "a", "b"));
    }
    sums.count("undecodablePredictions", 2);
    for (EvaluationSums each : List.of(sums, restored(sums))) {
      EvaluationReport report = EvaluationReports.of(run("as-served"), each, Instant.EPOCH);
      assertThat(report.getDifferences()).isEqualTo(3);
      assertThat(report.getDifferenceKinds()).isEqualTo(Map.of("label", 3L, "confidence", 3L));
      assertThat(report.getFound())
          .extracting(PredictionDifference::getOffset)
          .containsExactly(3L, 7L);
      assertThat(report.getCounts()).isEqualTo(Map.of("undecodablePredictions", 2L));
      // Version 4 made none of the predictions.
      assertThat(report.getEvaluations())
          .extracting(VersionEvaluation::getVersion, VersionEvaluation::getRecords)
          .containsExactly(tuple(6L, 15L));
      assertThat(report.getEvaluations().get(0).getMetrics())
          .isEqualTo(Map.of("reproduced", 12.0, "differences", 3.0, "largestMiss", 0.75));
    }
  }

  @Test
  void differencesOfAPredictionAndItsShadowsAreAtOnePlace() throws IOException {
    EvaluationSums sums = new EvaluationSums(3, MINUTE);
    for (long version : new long[] {8, 6, 7}) {
      sums.addDifference(new Difference("r", "predictions", 0, 9, version, "label", "a", "b"));
    }
    sums.addDifference(new Difference("s", "predictions", 0, 10, 5, "label", "a", "b"));
    for (EvaluationSums each : List.of(sums, restored(sums))) {
      assertThat(EvaluationReports.of(run("as-served"), each, Instant.EPOCH).getFound())
          .extracting(PredictionDifference::getOffset, PredictionDifference::getModelVersion)
          .containsExactly(tuple(9L, 6L), tuple(9L, 7L), tuple(9L, 8L));
    }
  }

  @Test
  void whatIsRestoredGivesTheSameReport() throws IOException {
    EvaluationSums sums = sums(outcomes(300, 1_000));
    assertThat(EvaluationReports.of(run("with-models"), restored(sums), Instant.EPOCH))
        .isEqualTo(EvaluationReports.of(run("with-models"), sums, Instant.EPOCH));
  }

  private static EvaluationSums restored(EvaluationSums sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.write(new DataOutputStream(bytes));
    return EvaluationSums.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void aRunThatFoundNothingHasAReportToo() {
    EvaluationReport report =
        EvaluationReports.of(run("as-served"), new EvaluationSums(2, MINUTE), Instant.EPOCH);
    assertThat(report.getEvaluations()).isEmpty();
    assertThat(report.getDifferences()).isZero();
    assertThat(report.getRanges()).hasSize(1);
  }
}
