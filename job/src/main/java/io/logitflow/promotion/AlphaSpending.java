package io.logitflow.promotion;

/**
 * Levels for an endless sequence of tests, {@code 6 alpha / (pi^2 j^2)} for the j-th: together they
 * are alpha, so that of all tests that will ever be made one errs with probability alpha at most.
 */
public final class AlphaSpending {

  private AlphaSpending() {}

  /**
   * The level of a test.
   *
   * @param alpha that of all tests together, in (0, 1)
   * @param number 1, 2, 3 ... in the order in which the tests begin
   */
  public static double level(double alpha, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("number of a test is " + number + ", expected 1, 2, ...");
    }
    return 6 * alpha / (Math.PI * Math.PI * number * (double) number);
  }
}
