package io.logitflow.classifier;

/** How close to a float64 reference every probability must be. */
public final class NumericsContract {

  private static final double ABSOLUTE = 1e-6;
  private static final double RELATIVE = 1e-5;

  private NumericsContract() {}

  /** Whether a probability is within 1e-6 absolute plus 1e-5 relative of the expected one. */
  public static boolean holds(float probability, double expected) {
    return miss(probability, expected) <= 1;
  }

  /**
   * The distance of a probability from the expected one as a part of what is allowed: at most 1
   * where the contract holds; NaN if one of them is.
   */
  public static double miss(float probability, double expected) {
    return Math.abs(probability - expected) / (ABSOLUTE + RELATIVE * expected);
  }
}
