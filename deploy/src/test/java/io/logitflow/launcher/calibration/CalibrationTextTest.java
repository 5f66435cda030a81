package io.logitflow.launcher.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.classifier.Calibration;
import io.logitflow.console.Glyphs;
import io.logitflow.schema.ModelRole;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Statistics made by hand, and what is to be read of them. */
class CalibrationTextTest {

  private final CalibrationStatistics statistics = new CalibrationStatistics(2);

  @Test
  void barsEndAtTheAccuracyAndMarksStandAtTheConfidence() {
    serve(0.75f, 60, 100);

    List<String> lines = ReliabilityText.diagram(CalibrationMetrics.of(statistics), Glyphs.ASCII);

    // Wilson's interval of 60 of 100 is 50.2 to 69.1 per cent: 25, 30, 35 and 37.5 of 50 columns.
    assertThat(lines.get(1 + 11))
        .isEqualTo(
            "0.733-0.800        100   75.0   60.0  "
                + "#".repeat(25)
                + "=".repeat(5)
                + "-".repeat(5)
                + "   |");
    assertThat(lines.get(1)).isEqualTo("0.000-0.067          0      -      -");
    assertThat(lines).hasSize(17).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @Test
  void theTableOfBinsHasBothIntervals() {
    serve(0.75f, 700, 1000);

    // The intervals that Wilson's formula and confseq give for 700 of 1000.
    assertThat(ReliabilityText.bins(CalibrationMetrics.of(statistics)).get(12))
        .startsWith("0.733-0.800     1,000           0.7500    0.7000")
        .contains("0.6709-0.7276", "0.6516-0.7459")
        .endsWith("0.0500");
  }

  @Test
  void confusionsHaveNamesAndWhatWasFound() {
    assertThat(ConfusionText.lines(new long[][] {{30, 10}, {0, 1200}}, List.of("cat", "dog")))
        .containsExactly(
            "TRUE CLASS   0      1  FOUND %",
            "0 cat       30     10     75.0",
            "1 dog        .  1,200    100.0",
            "Columns are predicted classes.");
  }

  @Test
  void theVerdictNamesTheDirectionAndTheTemperature() {
    serve(0.75f, 950, 1000);

    assertThat(Verdict.of(version(), Optional.empty()))
        .isEqualTo(
            "Version 7 is underconfident: it is right 95.0 % of the time and says 75.0 %; a"
                + " temperature of 0.373 would fit these labels best.");
    assertThat(Verdict.of(version(), Optional.of(new Calibration(2, 1.5))))
        .contains("a temperature of 0.373 in place of 1.50 would fit");
  }

  @Test
  void theVerdictClaimsNothingThatLabelsCannotProve() {
    serve(0.75f, 76, 100);
    assertThat(Verdict.of(version(), Optional.empty()))
        .isEqualTo(
            "Version 7 has 100 labels: too few to say how far its confidences can be trusted. It"
                + " expects to be right 75.0 % of the time.");

    serve(0.75f, 151, 200);
    assertThat(Verdict.of(version(), Optional.empty()))
        .isEqualTo(
            "Version 7 shows no miscalibration that 300 labels could prove: it is right 75.7 % of"
                + " the time and says 75.0 %.");
  }

  @Test
  void theVerdictKnowsErrorsThatCancelOut() {
    serve(0.95f, 750, 1000);
    serve(0.55f, 750, 1000);

    assertThat(Verdict.of(version(), Optional.empty()))
        .startsWith("Version 7 is right on average, but not at each confidence (p < 1e-16): ");
  }

  @Test
  void tablesMarkWindowsThatAreNotCompleteAndCountWhatWentWrong() {
    serve(0.75f, 60, 100);
    CalibrationReport report =
        new CalibrationReport("m", "", Optional.empty(), List.of(version()), version(), 4);

    assertThat(VersionTables.scores(report).get(1))
        .startsWith("  7    3  champion       1*        100   100.0 %  60.0 [")
        .contains("75.0");
    assertThat(VersionTables.errors(report).get(1)).contains("0.1500", "+0.1500");
    assertThat(VersionTables.notes(report))
        .containsExactly(
            "* 1 window is not complete: labels are still to come, and numbers may be biased"
                + " towards those that come early.",
            "Version 7 (champion): predictions whose label did not come in time: 1; late labels: 6;"
                + " duplicate labels: 2.",
            "Labels without a prediction: 4.");
    assertThat(String.join("\n", new CalibrationText(Glyphs.UNICODE, true).page(report)))
        .startsWith("Calibration of m, all records, from 2026-01-31T09:00:00Z to")
        .contains("│", "WILSON 95%", "TRUE CLASS");
  }

  /** Predictions of class 0 with a confidence of which so many are right, logits included. */
  private void serve(float confidence, int right, int all) {
    float[] probabilities = {confidence, 1 - confidence};
    float[] logits = {(float) Math.log(confidence / (1 - confidence)), 0};
    IntStream.range(0, all)
        .forEach(
            i -> {
              ServedDistribution served = new ServedDistribution(0, probabilities, logits, true, i);
              statistics.addPrediction(served);
              statistics.addOutcome(served, i < right ? 0 : 1, 1000);
            });
  }

  private VersionCalibration version() {
    CalibrationWindow window =
        new CalibrationWindow(
            7,
            3,
            ModelRole.CHAMPION,
            TestingCalibrationTopic.start(0),
            TestingCalibrationTopic.start(1),
            false,
            statistics,
            new LabelCounts(1, 2, 0, 0, 0, 6, 0, 0));
    try {
      return VersionCalibration.of(List.of(window));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
