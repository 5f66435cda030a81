package io.logitflow.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.PairedStatistics;
import io.logitflow.calibration.ReliabilityBins;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.promotion.Judgement.Verdict;
import org.junit.jupiter.api.Test;

class PromotionRuleTest {

  private static final PromotionPolicy POLICY =
      new PromotionPolicy(0.05, 100, 1_000, 100_000, 0.005, 0.01);

  private final PromotionRule rule = new PromotionRule(POLICY);

  private static CandidateTest begun() {
    return CandidateTest.begin(2, "b", "a", false, 1, POLICY, 0);
  }

  private static ServedDistribution confident(double p) {
    return new ServedDistribution(
        p >= 0.5 ? 0 : 1, new float[] {(float) p, (float) (1 - p)}, new float[0], true, 1);
  }

  /** Records of class 0 on which both predict its probability so. */
  private static PairedStatistics pairs(int records, double champion, double challenger) {
    CalibrationStatistics statistics = new CalibrationStatistics(2);
    for (int i = 0; i < records; i++) {
      statistics.addPaired(confident(challenger), confident(champion), 1, 0, 0);
    }
    return statistics.paired().get(1L);
  }

  /** Reliability with records of one confidence. */
  private static ReliabilityBins bins(int records, double confidence, double accuracy) {
    ReliabilityBins bins = ReliabilityBins.empty(15);
    bins.count()[12] = records;
    bins.sumConfidence()[12] = records * confidence;
    bins.correct()[12] = Math.round(records * accuracy);
    return bins;
  }

  private static WindowComparison window(
      long start, PairedStatistics pairs, double championGap, double challengerGap) {
    int records = Math.toIntExact(pairs.count());
    return new WindowComparison(
        start,
        pairs,
        bins(records, 0.85, 0.85 - championGap),
        bins(records, 0.85, 0.85 - challengerGap));
  }

  @Test
  void beforeTheFirstWindowNothingFollows() {
    Judgement judgement = rule.judge(begun());

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(judgement.gainLowerBound()).isNaN();
    assertThat(judgement.logEvidence()).isEqualTo(judgement.logEvidenceAgainst());
  }

  @Test
  void aWindowCountsOnceAndTheOneOfTheBeginningNot() {
    CandidateTest test = begun();
    WindowComparison first = window(0, pairs(10, 0.6, 0.9), 0, 0);
    WindowComparison second = window(100, pairs(10, 0.6, 0.9), 0, 0);

    assertThat(test.after(first).gain()).isEqualTo(DifferenceProcess.NONE);
    assertThat(test.after(second).gain().count()).isEqualTo(10);
    assertThat(test.after(second).after(second).gain()).isEqualTo(test.after(second).gain());
    CandidateTest ended = test.ended(TestState.REJECTED);
    assertThat(ended.after(second).gain()).isEqualTo(DifferenceProcess.NONE);
  }

  @Test
  void aBetterOneIsPromotedOnceThereAreEnoughLabels() {
    CandidateTest test = begun().after(window(100, pairs(999, 0.4, 0.6), 0, 0));
    Judgement early = rule.judge(test);
    assertThat(early.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(early.logEvidence()).isGreaterThan(early.threshold());
    assertThat(early.reason()).isEqualTo("half-Brier is lower, but there are 999 of 1,000 labels");

    Judgement later = rule.judge(test.after(window(200, pairs(1, 0.4, 0.6), 0, 0)));
    assertThat(later.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(later.reason()).startsWith("half-Brier is lower by 0.2000 (at least 0.");
    assertThat(later.accuracyDifference()).isEqualTo(1);
  }

  @Test
  void aWorseOneIsRejectedAsSoonAsItIsClear() {
    Judgement judgement = rule.judge(begun().after(window(100, pairs(500, 0.9, 0.4), 0, 0)));

    assertThat(judgement.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(judgement.reason()).startsWith("half-Brier is higher by 0.3500 (at least 0.");
    assertThat(judgement.logEvidenceAgainst()).isGreaterThan(judgement.threshold());
  }

  /** Better by half-Brier everywhere, and wrong where the champion was right by a hair. */
  @Test
  void aLowerAccuracyIsInTheWay() {
    PairedStatistics pairs = pairs(2_000, 0.6, 0.9);
    pairs.merge(pairs(100, 0.501, 0.499));
    Judgement judgement = rule.judge(begun().after(window(100, pairs, 0, 0)));

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(judgement.reason())
        .matches("half-Brier is lower, but accuracy may be lower by 0\\.0[0-9]+, more than 0.005");
  }

  @Test
  void aWorseCalibrationIsInTheWay() {
    PairedStatistics pairs = pairs(4_000, 0.4, 0.9);
    Judgement judgement = rule.judge(begun().after(window(100, pairs, 0.05, 0.07)));

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(judgement.reason())
        .contains("the calibration error is 0.06", "more than 0.01 above");
    assertThat(rule.judge(begun().after(window(100, pairs, 0.05, 0.055))).verdict())
        .isEqualTo(Verdict.BETTER);
  }

  @Test
  void whatIsNoBetterEndsWithTheBudget() {
    PairedStatistics same = pairs(50_000, 0.7, 0.7);
    CandidateTest half = begun().after(window(100, same, 0, 0));
    assertThat(rule.judge(half).verdict()).isEqualTo(Verdict.UNDECIDED);

    Judgement judgement = rule.judge(half.after(window(200, same, 0, 0)));
    assertThat(judgement.verdict()).isEqualTo(Verdict.EXHAUSTED);
    assertThat(judgement.reason()).endsWith("100,000 labels: the budget of labels is used up");
  }
}
