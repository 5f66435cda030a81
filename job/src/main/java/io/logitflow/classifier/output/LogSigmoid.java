package io.logitflow.classifier.output;

/** The logistic function and its logarithm. */
final class LogSigmoid {

  private LogSigmoid() {}

  /** {@code ln(1 / (1 + exp(-z)))}, right for all finite z. */
  static double of(double z) {
    return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
  }

  /** {@code 1 / (1 + exp(-z))}, without overflow. */
  static double sigmoid(double z) {
    double small = Math.exp(-Math.abs(z));
    return (z < 0 ? small : 1) / (1 + small);
  }
}
