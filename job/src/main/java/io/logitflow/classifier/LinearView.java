package io.logitflow.classifier;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A model read as what a linear classifier is: one weight for each class and feature, and one
 * hyperplane for each class.
 *
 * <p>Normaliser and layers are folded into {@code z = W x + b} with {@code x} the raw features, in
 * float64, so weights, norms and distances are in the units of the features as they stand on the
 * topic. Logits are those before calibration.
 */
public final class LinearView {

  private final FoldedLinear linear;
  private final Optional<double[]> mean;
  private final double[] scale;
  private final double[] norms;

  private LinearView(FoldedLinear linear, Optional<Normaliser> normaliser) {
    this.linear = linear;
    this.mean = normaliser.map(n -> n.mean().toDoubles());
    this.scale = normaliser.map(n -> n.scale().toDoubles()).orElseGet(this::ones);
    this.norms = new double[linear.outputs()];
    for (int k = 0; k < norms.length; k++) {
      norms[k] = norm(weights(k));
    }
  }

  /**
   * Reads a model.
   *
   * @throws InvalidModelException if the model is not one affine map from its features to its
   *     classes
   */
  public static LinearView of(Model model) throws InvalidModelException {
    if (model.artifact().isPresent()) {
      throw new InvalidModelException(
          "the model is a network in a file of another program, %s, expected linear layers only"
              .formatted(model.artifact().get()));
    }
    FoldedLinear linear = FoldedLinear.of(model);
    if (linear.outputs() != model.classCount()) {
      throw new InvalidModelException(
          "the model has %d outputs for %d classes, expected one for each: a hierarchy has no"
                  .formatted(linear.outputs(), model.classCount())
              + " hyperplane for each class");
    }
    return new LinearView(linear, model.normaliser());
  }

  /** Number of features. */
  public int featureCount() {
    return linear.inputs();
  }

  /** Number of classes. */
  public int classCount() {
    return linear.outputs();
  }

  /** {@code w_k}, shape {@code [features]}: by how much the logit grows with each raw feature. */
  public double[] weights(int k) {
    Objects.checkIndex(k, classCount());
    return Arrays.copyOfRange(linear.weight(), k * featureCount(), (k + 1) * featureCount());
  }

  /** {@code b_k}: the logit of a record whose raw features are all 0. */
  public double bias(int k) {
    return linear.bias()[k];
  }

  /**
   * The template of a class, shape {@code [features]}: by how much its logit grows when a feature
   * grows by the scale of the normaliser, {@code w_ki scale_i}. That makes features of different
   * units comparable, and is row k of W as it was trained if the model is one linear layer. Without
   * a normaliser it equals {@link #weights}.
   */
  public double[] template(int k) {
    double[] template = weights(k);
    for (int i = 0; i < template.length; i++) {
      template[i] *= scale[i];
    }
    return template;
  }

  /** {@code ||w_k||}, Euclidean. */
  public double norm(int k) {
    return norms[k];
  }

  /** The record of means that the normaliser holds, shape {@code [features]}; empty without one. */
  public Optional<double[]> mean() {
    return mean.map(double[]::clone);
  }

  /**
   * Logits of a record before calibration, shape {@code [classes]}.
   *
   * @throws IllegalArgumentException if the record has another number of features
   */
  public double[] logits(float[] features) {
    double[] exact = new double[features.length];
    Arrays.setAll(exact, i -> features[i]);
    return logits(exact);
  }

  double[] logits(double[] features) {
    if (features.length != featureCount()) {
      throw new IllegalArgumentException(
          "the record has %d features, expected %d".formatted(features.length, featureCount()));
    }
    double[] logits = linear.bias().clone();
    for (int k = 0; k < logits.length; k++) {
      for (int i = 0; i < features.length; i++) {
        logits[k] += linear.weight()[k * features.length + i] * features[i];
      }
    }
    return logits;
  }

  /**
   * Signed distance of a record to the hyperplane {@code w_k x + b_k = 0} of each class, {@code z_k
   * / ||w_k||}, shape {@code [classes]}: positive on the side of the class. A class whose weights
   * are all 0 has no hyperplane; its distance is NaN.
   */
  public double[] distances(float[] features) {
    double[] distances = logits(features);
    for (int k = 0; k < distances.length; k++) {
      distances[k] = distance(distances[k], norms[k]);
    }
    return distances;
  }

  /**
   * Signed distance of a record to the boundary between two classes, {@code (z_k - z_j) / ||w_k -
   * w_j||}: positive where class k is preferred. Classes of equal weights have no boundary; their
   * distance is NaN.
   */
  public double boundaryDistance(float[] features, int k, int j) {
    double[] logits = logits(features);
    return distance(logits[k] - logits[j], norm(weightDifference(k, j)));
  }

  /** {@code w_k - w_j}, shape {@code [features]}: what tells one class from another. */
  public double[] weightDifference(int k, int j) {
    double[] difference = weights(k);
    double[] other = weights(j);
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= other[i];
    }
    return difference;
  }

  /**
   * What each feature contributes to the logits of a record.
   *
   * @param reference the record to compare with, shape {@code [features]}
   * @throws IllegalArgumentException if one of them has another number of features than the model
   */
  public Contributions contributions(float[] features, double[] reference) {
    return new Contributions(this, features, reference);
  }

  private static double distance(double logit, double norm) {
    return norm == 0 ? Double.NaN : logit / norm;
  }

  /** Scaled by the largest element, so that squares neither overflow nor vanish. */
  private static double norm(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double value : vector) {
      sum += (value / largest) * (value / largest);
    }
    return largest * Math.sqrt(sum);
  }

  private double[] ones() {
    double[] ones = new double[linear.inputs()];
    Arrays.fill(ones, 1);
    return ones;
  }
}
