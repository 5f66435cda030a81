package io.logitflow.promotion;

/**
 * What the evidence of a test says. What is not defined yet, before the first window, is NaN.
 *
 * @param verdict what follows
 * @param reason why, for people, as the end of a sentence
 * @param logEvidence ln E against "the candidate is no better"
 * @param logEvidenceAgainst ln E against "the candidate is no worse"
 * @param threshold what either has to reach: {@code ln(1 / level)}
 * @param gainLowerBound lower bound of the mean gain in half-Brier, at the level of the test
 * @param gainUpperBound its upper bound
 * @param accuracyDifference accuracy of the candidate minus that of the champion
 * @param accuracyLowerBound lower bound of it, at the level of the test
 * @param championError debiased L2 calibration error of the champion
 * @param candidateError that of the candidate
 */
public record Judgement(
    Verdict verdict,
    String reason,
    double logEvidence,
    double logEvidenceAgainst,
    double threshold,
    double gainLowerBound,
    double gainUpperBound,
    double accuracyDifference,
    double accuracyLowerBound,
    double championError,
    double candidateError) {

  /** What follows from the evidence. */
  public enum Verdict {
    /** Better, and nothing speaks against it. */
    BETTER,

    /** Worse. */
    WORSE,

    /** The budget of labels is used up. */
    EXHAUSTED,

    /** Nothing yet. */
    UNDECIDED
  }
}
