package io.logitflow.promotion;

import io.logitflow.interval.GammaExponentialMixture;
import io.logitflow.promotion.Judgement.Verdict;
import java.util.Locale;

/**
 * Judges candidates by the evidence of their tests: one is better when its e-process has reached 1
 * / level, there are enough labels, and neither its accuracy nor its calibration speaks against it.
 */
public final class PromotionRule {

  private final PromotionPolicy policy;

  /** A rule of a policy. */
  public PromotionRule(PromotionPolicy policy) {
    this.policy = policy;
  }

  /** What the evidence says by now. It may be asked after every window. */
  public Judgement judge(CandidateTest test) {
    double level = test.level();
    GammaExponentialMixture mixture = DifferenceProcess.tightestAt(test.expectedVariance(), level);
    DifferenceProcess gain = test.gain();
    Judgement open =
        new Judgement(
            Verdict.UNDECIDED,
            "",
            gain.logEvidence(mixture),
            gain.reversed().logEvidence(mixture),
            Math.log(1 / level),
            gain.lowerBound(mixture, level),
            -gain.reversed().lowerBound(mixture, level),
            test.accuracy().sum() / test.accuracy().count(),
            test.accuracy().lowerBound(mixture, level),
            test.champion().debiasedL2(),
            test.challenger().debiasedL2());
    return verdict(test, open);
  }

  private Judgement verdict(CandidateTest test, Judgement is) {
    long labels = test.gain().count();
    if (is.logEvidenceAgainst() >= is.threshold()) {
      return with(
          is,
          Verdict.WORSE,
          "half-Brier is higher by %.4f (at least %.4f) over %,d labels",
          -test.gain().centre(),
          -is.gainUpperBound(),
          labels);
    }
    boolean better = is.logEvidence() >= is.threshold();
    String obstacle = better ? obstacle(labels, is) : "";
    if (better && obstacle.isEmpty()) {
      return with(
          is,
          Verdict.BETTER,
          "half-Brier is lower by %.4f (at least %.4f) over %,d labels",
          test.gain().centre(),
          is.gainLowerBound(),
          labels);
    }
    String found =
        better
            ? "half-Brier is lower, but " + obstacle
            : text(
                "ln E is %.2f of the %.2f that it takes, over %,d labels",
                is.logEvidence(), is.threshold(), labels);
    return labels >= policy.maxLabels()
        ? with(is, Verdict.EXHAUSTED, "%s: the budget of labels is used up", found)
        : with(is, Verdict.UNDECIDED, "%s", found);
  }

  /** What speaks against a candidate that is better by half-Brier; empty: nothing. */
  private String obstacle(long labels, Judgement is) {
    if (labels < policy.minLabels()) {
      return text("there are %,d of %,d labels", labels, policy.minLabels());
    }
    if (!(is.accuracyLowerBound() > -policy.accuracyTolerance())) {
      return text(
          "accuracy may be lower by %.4f, more than %s",
          -is.accuracyLowerBound(), policy.accuracyTolerance());
    }
    if (!(is.candidateError() <= is.championError() + policy.calibrationTolerance())) {
      return text(
          "the calibration error is %.4f, more than %s above %.4f",
          is.candidateError(), policy.calibrationTolerance(), is.championError());
    }
    return "";
  }

  private static Judgement with(Judgement is, Verdict verdict, String reason, Object... values) {
    return new Judgement(
        verdict,
        text(reason, values),
        is.logEvidence(),
        is.logEvidenceAgainst(),
        is.threshold(),
        is.gainLowerBound(),
        is.gainUpperBound(),
        is.accuracyDifference(),
        is.accuracyLowerBound(),
        is.championError(),
        is.candidateError());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
