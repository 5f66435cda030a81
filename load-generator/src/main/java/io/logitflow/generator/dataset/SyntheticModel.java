package io.logitflow.generator.dataset;

import io.logitflow.generator.random.Purpose;
import io.logitflow.generator.random.SeededRandom;

/**
 * The truth behind a synthetic stream: a linear + softmax classifier with random weights.
 * Immutable.
 *
 * <p>Weights are normal with standard deviation {@value #SHARPNESS} / sqrt(features that are not
 * 0), so that for features of variance 1 the logits have a standard deviation of about {@value
 * #SHARPNESS} whatever the number of features: neither certain nor all alike. Biases are normal
 * with standard deviation 0.5, so the classes are not equally frequent.
 */
public final class SyntheticModel {
  private static final double SHARPNESS = 2;
  private static final double BIAS_DEVIATION = 0.5;

  private final int featureCount;
  private final int nonZeros;
  private final int classCount;

  /** [features, classes], so that the inner loop runs over independent sums. */
  private final float[] transposedWeights;

  private final float[] biases;

  /**
   * Draws a model.
   *
   * @param nonZeros how many features of a row are not 0
   * @throws IllegalArgumentException unless there is at least 1 feature and at least 2 classes, and
   *     at most 2^26 weights; or unless 1 to all features are not 0
   */
  SyntheticModel(int featureCount, int nonZeros, int classCount, long seed) {
    if (featureCount < 1 || classCount < 2 || (long) featureCount * classCount > 1 << 26) {
      throw new IllegalArgumentException(
          featureCount
              + " features and "
              + classCount
              + " classes, expected at least 1 and 2, and a product of at most 2^26");
    }
    if (nonZeros < 1 || nonZeros > featureCount) {
      throw new IllegalArgumentException(
          nonZeros
              + " of "
              + featureCount
              + " features are not 0, expected at least 1 and no more");
    }
    this.featureCount = featureCount;
    this.nonZeros = nonZeros;
    this.classCount = classCount;
    this.transposedWeights = new float[featureCount * classCount];
    this.biases = new float[classCount];
    SeededRandom random = new SeededRandom(seed).at(Purpose.SYNTHETIC_MODEL, 0, 0);
    double deviation = SHARPNESS / StrictMath.sqrt(nonZeros);
    for (int i = 0; i < transposedWeights.length; i++) {
      transposedWeights[i] = (float) (deviation * random.nextGaussian());
    }
    for (int i = 0; i < classCount; i++) {
      biases[i] = (float) (BIAS_DEVIATION * random.nextGaussian());
    }
  }

  /** Number of features. */
  public int featureCount() {
    return featureCount;
  }

  /** Number of features of a row that are not 0. */
  public int nonZeros() {
    return nonZeros;
  }

  /** Number of classes. */
  public int classCount() {
    return classCount;
  }

  /** The weights, [classes, features], row-major, in a new array. */
  public float[] weights() {
    float[] weights = new float[transposedWeights.length];
    for (int k = 0; k < classCount; k++) {
      for (int d = 0; d < featureCount; d++) {
        weights[k * featureCount + d] = transposedWeights[d * classCount + k];
      }
    }
    return weights;
  }

  /** The biases, [classes], in a new array. */
  public float[] biases() {
    return biases.clone();
  }

  /**
   * The class probabilities of a row, in float64.
   *
   * @param features [features], or of a sparse row those that are not 0
   * @param indices which features those of a sparse row are; null for a row of all
   * @param probabilities output, [classes]
   */
  public void probabilities(float[] features, int[] indices, double[] probabilities) {
    for (int k = 0; k < classCount; k++) {
      probabilities[k] = biases[k];
    }
    for (int d = 0; d < features.length; d++) {
      double feature = features[d];
      int w = (indices == null ? d : indices[d]) * classCount;
      for (int k = 0; k < classCount; k++) {
        probabilities[k] += feature * transposedWeights[w + k];
      }
    }
    double largest = probabilities[0];
    for (int k = 1; k < classCount; k++) {
      largest = Math.max(largest, probabilities[k]);
    }
    double sum = 0;
    for (int k = 0; k < classCount; k++) {
      probabilities[k] = StrictMath.exp(probabilities[k] - largest);
      sum += probabilities[k];
    }
    for (int k = 0; k < classCount; k++) {
      probabilities[k] /= sum;
    }
  }
}
