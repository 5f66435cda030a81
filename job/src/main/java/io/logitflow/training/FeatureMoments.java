package io.logitflow.training;

import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;

/**
 * Weighted mean and spread of each feature over rows. Those of parts of the rows merge into those
 * of all of them (Chan et al. 1983).
 *
 * @param weight sum of the weights
 * @param mean {@code [features]}
 * @param squares weighted sum of squared distances from the mean, {@code [features]}
 */
public record FeatureMoments(double weight, double[] mean, double[] squares) {

  /** The moments of rows. */
  public static FeatureMoments of(TrainingRows rows) {
    double[] mean = new double[rows.features()];
    double[] squares = new double[mean.length];
    double sum = 0;
    for (RowBlock block : rows.blocks()) {
      for (int row = 0; row < block.rows; row++) {
        double weight = block.weights[row];
        if (weight == 0) {
          continue;
        }
        sum += weight;
        for (int i = 0; i < mean.length; i++) {
          double distance = block.value(row * mean.length + i) - mean[i];
          mean[i] += distance * (weight / sum);
          squares[i] += weight * distance * (block.value(row * mean.length + i) - mean[i]);
        }
      }
    }
    return new FeatureMoments(sum, mean, squares);
  }

  /** The moments of the rows of both. */
  public FeatureMoments plus(FeatureMoments other) {
    double sum = weight + other.weight;
    double[] newMean = mean.clone();
    double[] newSquares = squares.clone();
    if (other.weight > 0) {
      for (int i = 0; i < mean.length; i++) {
        double distance = other.mean[i] - mean[i];
        newMean[i] += distance * other.weight / sum;
        newSquares[i] += other.squares[i] + distance * distance * weight * other.weight / sum;
      }
    }
    return new FeatureMoments(sum, newMean, newSquares);
  }

  /** Mean and population standard deviation; a feature that never changes keeps its scale. */
  public Normaliser toNormaliser() {
    double[] scale = new double[mean.length];
    for (int i = 0; i < scale.length; i++) {
      double deviation = Math.sqrt(squares[i] / weight);
      scale[i] = deviation > 1e-12 * Math.abs(mean[i]) ? deviation : 1;
    }
    return new Normaliser(Tensor.float64(mean, mean.length), Tensor.float64(scale, scale.length));
  }
}
