package io.logitflow.benchmarks.kernel;

/**
 * What one iteration measured of a variant.
 *
 * @param iteration which one: those that took turns in it have the same
 * @param micros mean time of one pass
 * @param peak 10^9 floating-point operations a second of the loop of fused multiply-adds, which
 *     took turns with it
 */
record Measurement(
    String shape, int rows, Variant variant, Iteration iteration, double micros, double peak) {

  /** An iteration of a round. */
  record Iteration(int round, int number) {}

  /** How much of the peak the products alone would need in that time. */
  double fractionOfPeak() {
    return Network.operations(shape) * (double) rows / (micros * 1e3) / peak;
  }
}
