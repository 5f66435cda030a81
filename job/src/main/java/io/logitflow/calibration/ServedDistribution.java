package io.logitflow.calibration;

/**
 * What a model version served for one record. Arrays are not copied: whoever made this leaves them
 * as they are.
 */
public final class ServedDistribution {

  /** How far the probabilities may miss the sum of 1. */
  private static final double SUM_TOLERANCE = 1e-3;

  private final int label;
  private final float[] probabilities;
  private final float[] logits;
  private final boolean identityCalibration;
  private final long recordHash;
  private final boolean distribution;

  /**
   * Creates it.
   *
   * @param label index of the predicted class
   * @param probabilities as served, after calibration, {@code [classes]}
   * @param logits before calibration, {@code [classes]}, or empty where they were not kept
   * @param identityCalibration whether the probabilities are the softmax of the logits as they are
   * @param recordHash hash of the record's id, which decides on samples, so that replays repeat
   */
  public ServedDistribution(
      int label,
      float[] probabilities,
      float[] logits,
      boolean identityCalibration,
      long recordHash) {
    this.label = label;
    this.probabilities = probabilities;
    this.logits = logits;
    this.identityCalibration = identityCalibration;
    this.recordHash = recordHash;
    this.distribution = label >= 0 && label < probabilities.length && sumsToOne(probabilities);
  }

  public int label() {
    return label;
  }

  public float[] probabilities() {
    return probabilities;
  }

  public float[] logits() {
    return logits;
  }

  public boolean identityCalibration() {
    return identityCalibration;
  }

  public long recordHash() {
    return recordHash;
  }

  /** The served probability of the predicted class, in [0, 1]. */
  public double confidence() {
    return probability(label);
  }

  /** The served probability of a class, in [0, 1]. */
  double probability(int k) {
    return Math.min(1, probabilities[k]);
  }

  /**
   * Whether this says something of so many classes: their number fits, no probability is negative
   * or NaN, and they sum to 1 within 0.001.
   */
  public boolean isDistributionOver(int classes) {
    return distribution && probabilities.length == classes;
  }

  /** Whether there are logits of all classes and all of them are finite. */
  boolean hasFiniteLogits() {
    if (logits.length != probabilities.length) {
      return false;
    }
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return false;
      }
    }
    return true;
  }

  /** Half of the Brier score: {@code sum_k (p_k - 1[y = k])^2 / 2}, in [0, 1]. */
  double halfBrier(int trueClass) {
    return brier(trueClass) / 2;
  }

  /** The Brier score, summed over the classes, in [0, 2]. */
  double brier(int trueClass) {
    double sum = 0;
    for (int k = 0; k < probabilities.length; k++) {
      double difference = probability(k) - (k == trueClass ? 1 : 0);
      sum += difference * difference;
    }
    return sum;
  }

  private static boolean sumsToOne(float[] probabilities) {
    double sum = 0;
    for (float p : probabilities) {
      if (!(p >= 0)) {
        return false;
      }
      sum += p;
    }
    return Math.abs(sum - 1) <= SUM_TOLERANCE;
  }
}
