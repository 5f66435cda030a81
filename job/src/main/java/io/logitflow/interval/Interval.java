package io.logitflow.interval;

/**
 * A range of values; NaN to both sides where there is no sample to speak of.
 *
 * @param lower inclusive
 * @param upper inclusive
 */
public record Interval(double lower, double upper) {

  /** Says nothing. */
  public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);
}
