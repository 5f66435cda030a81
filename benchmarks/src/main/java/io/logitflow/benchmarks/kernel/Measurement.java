package io.logitflow.benchmarks.kernel;

/**
 * What one JVM of a variant measured.
 *
 * @param micros mean time of one pass
 * @param peak 10^9 floating-point operations a second of the loop of fused multiply-adds, in the
 *     same round
 */
record Measurement(String shape, int rows, Variant variant, int round, double micros, double peak) {

  /** How much of the peak the products alone would need in that time. */
  double fractionOfPeak() {
    return Network.operations(shape) * (double) rows / (micros * 1e3) / peak;
  }
}
