package io.logitflow.evaluation;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** McNemar's test of whether two versions are right equally often, in its exact form. */
final class McNemar {

  private McNemar() {}

  /**
   * The probability that as many or more of the records that only one version predicted right would
   * be on one side, if either side were as likely: a two-sided binomial test.
   *
   * @param onlyFirst records that only the one predicted right
   * @param onlySecond records that only the other predicted right
   * @return p-value; 1 if there are no such records
   */
  static double pValue(long onlyFirst, long onlySecond) {
    long fewer = Math.min(onlyFirst, onlySecond);
    long all = onlyFirst + onlySecond;
    if (all == 0) {
      return 1;
    }
    // P(X <= k) = I_{1/2}(n - k, k + 1) for X binomial with n trials.
    return Math.min(1, 2 * RegularizedBeta.value(0.5, (double) (all - fewer), fewer + 1.0));
  }
}
