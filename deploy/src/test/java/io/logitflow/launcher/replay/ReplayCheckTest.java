package io.logitflow.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.SingleObjects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCheckTest {

  static {
    SingleObjects.trustSchemaPackage();
  }

  /** Bounds of the fixed interval's upper end and of the confidence sequence's lower end. */
  @ParameterizedTest
  @CsvSource({
    // upper fixed, lower anytime, check, margin, fails
    "-0.01, -0.10, WORSE, 0, true",
    "-0.01, -0.10, WORSE, 0.02, false",
    " 0.01, -0.10, WORSE, 0, false",
    " 0.30,  0.10, WORSE, 0, false",
    " 0.30,  0.10, NOT_BETTER, 0, false",
    " 0.30,  0.10, NOT_BETTER, 0.2, true",
    " 0.30, -0.01, NOT_BETTER, 0, true",
    "-0.01, -0.10, NOT_BETTER, 0, true",
    "-0.01, -0.10, , 0, false"
  })
  void comparesTheIntervalsWithTheMargin(
      double upper, double lower, FailIf failIf, double margin, boolean fails) {
    EvaluationReport report =
        report(100, Map.of("fixedUpper", upper, "sequenceLower", lower), /* differences= */ 0);
    assertThat(new ReplayCheck(Optional.ofNullable(failIf), margin, true).failures(report))
        .hasSize(fails ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"WORSE", "NOT_BETTER"})
  void nothingToCompareFails(FailIf failIf) {
    assertThat(new ReplayCheck(Optional.of(failIf), 0, true).failures(report(0, Map.of(), 0)))
        .containsExactly("version 2 and version 1 have no labelled record in common");
  }

  @ParameterizedTest
  @CsvSource({"3, true, true", "3, false, false", "0, true, false"})
  void differencesFailUnlessTheyAreIgnored(long differences, boolean look, boolean fails) {
    assertThat(
            new ReplayCheck(Optional.empty(), 0, look).failures(report(1, Map.of(), differences)))
        .hasSize(fails ? 1 : 0);
  }

  private static EvaluationReport report(
      long records, Map<String, Double> metrics, long differences) {
    return EvaluationReport.newBuilder()
        .setRunId("r")
        .setCreatedAt(Instant.EPOCH)
        .setKind("with-models")
        .setModel("m")
        .setDifferences(differences)
        .setComparisons(List.of(new PairedEvaluation(2L, 1L, records, 0L, 0L, metrics, List.of())))
        .build();
  }
}
