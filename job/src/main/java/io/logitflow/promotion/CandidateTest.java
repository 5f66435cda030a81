package io.logitflow.promotion;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.PairedStatistics;
import io.logitflow.calibration.ReliabilityBins;
import java.io.Serializable;

/**
 * The test of a candidate against a champion, a challenger that may be promoted or the previous
 * champion that may be rolled back to. It begins once and is never begun again: who looks again
 * after a look that did not please needs another level.
 *
 * @param candidate version of the candidate
 * @param candidateWeights checksum of its weights
 * @param championWeights checksum of the weights of the champion, whatever their calibration
 * @param rollback whether the candidate is the previous champion
 * @param number 1, 2, 3 ... of the tests of this kind
 * @param level probability with which it may err
 * @param expectedVariance variance process at which it is sharpest, as the policy had it when the
 *     test began: it must not change with what is seen
 * @param begunIn start of the window in which the candidate was first seen, in ms since the epoch;
 *     later ones count
 * @param lastWindow start of the last window that counted; that of {@code begunIn} before
 * @param gain differences of half-Brier, champion minus candidate
 * @param accuracy differences of the outcomes, 1 where only the candidate was right
 * @param champion reliability of the champion in the windows that counted
 * @param challenger reliability of the candidate in them
 * @param state how far the test is
 */
public record CandidateTest(
    long candidate,
    String candidateWeights,
    String championWeights,
    boolean rollback,
    int number,
    double level,
    double expectedVariance,
    long begunIn,
    long lastWindow,
    DifferenceProcess gain,
    DifferenceProcess accuracy,
    ReliabilityBins champion,
    ReliabilityBins challenger,
    TestState state)
    implements Serializable {

  /** A test at its beginning. */
  public static CandidateTest begin(
      long candidate,
      String candidateWeights,
      String championWeights,
      boolean rollback,
      int number,
      PromotionPolicy policy,
      long window) {
    ReliabilityBins none = ReliabilityBins.empty(CalibrationStatistics.BINS);
    return new CandidateTest(
        candidate,
        candidateWeights,
        championWeights,
        rollback,
        number,
        AlphaSpending.level(policy.alpha(), number),
        policy.expectedVariance(),
        window,
        window,
        DifferenceProcess.NONE,
        DifferenceProcess.NONE,
        none,
        none,
        TestState.SHADOW);
  }

  /**
   * The test after one more window. One that does not begin after the last one changes nothing, and
   * neither does any once the test has ended.
   */
  public CandidateTest after(WindowComparison window) {
    if (state != TestState.SHADOW || window.start() <= lastWindow) {
      return this;
    }
    PairedStatistics pairs = window.pairs();
    long onlyChampion = pairs.championOnlyCorrect();
    long onlyCandidate = pairs.challengerOnlyCorrect();
    return new CandidateTest(
        candidate,
        candidateWeights,
        championWeights,
        rollback,
        number,
        level,
        expectedVariance,
        begunIn,
        window.start(),
        gain.after(pairs.count(), pairs.sumDifference(), pairs.sumDifferenceSquared()),
        accuracy.after(
            pairs.count(),
            (double) (onlyCandidate - onlyChampion),
            (double) (onlyCandidate + onlyChampion)),
        champion.plus(window.champion()),
        challenger.plus(window.candidate()),
        state);
  }

  /** The test with its end. */
  public CandidateTest ended(TestState end) {
    return new CandidateTest(
        candidate,
        candidateWeights,
        championWeights,
        rollback,
        number,
        level,
        expectedVariance,
        begunIn,
        lastWindow,
        gain,
        accuracy,
        champion,
        challenger,
        end);
  }
}
