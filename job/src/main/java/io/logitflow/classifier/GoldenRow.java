package io.logitflow.classifier;

import java.util.Arrays;

/** An input and the probabilities expected of it: one row of the self-test at load. Immutable. */
public final class GoldenRow {

  private final float[] features;
  private final double[] probabilities;

  /**
   * A row.
   *
   * @param features before normalisation
   * @param probabilities after calibration, computed in float64
   */
  public GoldenRow(float[] features, double[] probabilities) {
    this.features = features.clone();
    this.probabilities = probabilities.clone();
  }

  /** Features before normalisation. */
  public float[] features() {
    return features.clone();
  }

  /** Probabilities after calibration, computed in float64. */
  public double[] probabilities() {
    return probabilities.clone();
  }

  void check(String where, int featureCount, int classCount) throws InvalidModelException {
    ModelChecks.count(where + ".features", features.length, featureCount);
    ModelChecks.count(where + ".probabilities", probabilities.length, classCount);
    for (int i = 0; i < featureCount; i++) {
      if (!Float.isFinite(features[i])) {
        throw new InvalidModelException(
            "%s.features[%d] is %s, expected a finite number".formatted(where, i, features[i]));
      }
    }
    for (int k = 0; k < classCount; k++) {
      if (!(probabilities[k] >= 0 && probabilities[k] <= 1)) {
        throw new InvalidModelException(
            "%s.probabilities[%d] is %s, expected 0 to 1".formatted(where, k, probabilities[k]));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GoldenRow that
        && Arrays.equals(features, that.features)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(features) + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "GoldenRow[features="
        + Arrays.toString(features)
        + ", probabilities="
        + Arrays.toString(probabilities)
        + "]";
  }
}
