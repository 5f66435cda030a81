package io.logitflow.classifier;

/**
 * Why a record has its logits: for each class k and feature i {@code c_ki = w_ki (x_i - r_i)}, with
 * {@code r} a reference record, usually the mean. They add up: {@code z_k(x) = z_k(r) + sum_i
 * c_ki}.
 */
public final class Contributions {

  private final LinearView view;
  private final float[] features;
  private final double[] reference;
  private final double[] atReference;

  Contributions(LinearView view, float[] features, double[] reference) {
    if (features.length != view.featureCount()) {
      throw new IllegalArgumentException(
          "the record has %d features, expected %d"
              .formatted(features.length, view.featureCount()));
    }
    this.view = view;
    this.features = features.clone();
    this.reference = reference.clone();
    this.atReference = view.logits(reference);
  }

  /** {@code z_k(r)}: the logit that the reference record has. */
  public double logitAtReference(int k) {
    return atReference[k];
  }

  /** {@code c_k}, shape {@code [features]}. */
  public double[] ofClass(int k) {
    return times(view.weights(k));
  }

  /**
   * What each feature contributes to the lead of one class over another, {@code c_ki - c_ji}, shape
   * {@code [features]}.
   */
  public double[] ofMargin(int k, int j) {
    return times(view.weightDifference(k, j));
  }

  private double[] times(double[] weights) {
    double[] contributions = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      contributions[i] = weights[i] * (features[i] - reference[i]);
    }
    return contributions;
  }
}
