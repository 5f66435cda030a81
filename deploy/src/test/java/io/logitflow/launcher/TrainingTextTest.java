package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingTextTest {

  private static Decision.Builder decision(DecisionOutcome outcome, String reason) {
    return Decision.newBuilder()
        .setDecidedAt(Instant.EPOCH)
        .setEventTime(Instant.EPOCH)
        .setJob("training")
        .setModel("fraud")
        .setKind(DecisionKind.RETRAINING)
        .setOutcome(outcome)
        .setModelVersion(3)
        .setReason(reason)
        .setEvidence(new HashMap<>(Map.of("labels", 5000.0, "unlabelled", 12.0)));
  }

  @Test
  void aTrainedVersionIsComparedInATable() {
    Decision.Builder decision = decision(DecisionOutcome.PROPOSED, "better");
    decision.setCandidateVersion(4L);
    decision
        .setDetails(
            Map.of("oldestRecord", "2026-01-01T00:00:00Z", "newestRecord", "2026-01-02T00:00:00Z"))
        .getEvidence()
        .putAll(
            Map.of(
                "sampleRows", 4000.0,
                "trainingRows", 3200.0,
                "judgingRows", 400.0,
                "features", 32.0,
                "classes", 2.0,
                "trainingSteps", 17.0,
                "trainingSeconds", 0.34));
    decision
        .getEvidence()
        .putAll(
            Map.of(
                "candidateNll", 0.12345,
                "candidateHalfBrier", 0.05,
                "candidateAccuracy", 0.9,
                "championNll", 0.2,
                "championHalfBrier", 0.06,
                "championAccuracy", 0.8765,
                "constantNll", 0.69));
    assertThat(TrainingText.lines(decision.build()))
        .containsExactly(
            "",
            "5,000 labelled records, 12 without a label, 2026-01-01T00:00:00Z to"
                + " 2026-01-02T00:00:00Z",
            "3,200 rows to train with, 400 held-out ones to judge by; 32 features, 2 classes; 17"
                + " steps in 0.3 s",
            "",
            "HELD-OUT ROWS           NLL  HALF BRIER  ACCURACY %",
            "trained: version 4   0.1235      0.0500       90.00",
            "champion: version 3  0.2000      0.0600       87.65",
            "constant prediction  0.6900           -           -",
            "",
            "Version 4 is published: better.",
            "Next: `logitflow models list` shows its aliases; a challenger is scored in the shadow,"
                + " and `logitflow calibration --model fraud` compares it.",
            "      `logitflow models promote --model fraud --version 4` makes it the champion.");
  }

  @Test
  void whatWasNotTrainedSaysWhy() {
    assertThat(
            TrainingText.lines(decision(DecisionOutcome.NOT_NOW, "10 rows to train with").build()))
        .containsExactly(
            "",
            "5,000 labelled records, 12 without a label",
            "",
            "Not now: 10 rows to train with.");
    assertThat(TrainingText.lines(decision(DecisionOutcome.REFUSED, "no better").build()))
        .last()
        .isEqualTo("Nothing is published: no better.");
  }
}
