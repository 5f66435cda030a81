package io.logitflow.training;

/**
 * A function at a point.
 *
 * @param point where
 * @param value there
 * @param gradient there
 */
record Evaluation(double[] point, double value, double[] gradient) {

  boolean isFinite() {
    return Double.isFinite(value) && Double.isFinite(Vectors.size(gradient));
  }
}
