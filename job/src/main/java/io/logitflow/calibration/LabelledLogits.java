package io.logitflow.calibration;

import java.util.Objects;

/**
 * Logits before calibration with the classes that turned out to be true. Rows are not copied.
 *
 * @param logits finite, {@code [rows][classes]}
 * @param labels index of the true class, {@code [rows]}
 */
public record LabelledLogits(float[][] logits, int[] labels) {

  /** No rows. */
  public static final LabelledLogits NONE = new LabelledLogits(new float[0][], new int[0]);

  /** Checks shapes, labels, and that all logits are finite. */
  public LabelledLogits {
    if (logits.length != labels.length) {
      throw new IllegalArgumentException(
          "%d rows of logits and %d labels".formatted(logits.length, labels.length));
    }
    for (int i = 0; i < logits.length; i++) {
      if (logits[i].length != logits[0].length) {
        throw new IllegalArgumentException(
            "row %d has %d logits, expected %d".formatted(i, logits[i].length, logits[0].length));
      }
      Objects.checkIndex(labels[i], logits[i].length);
      for (float logit : logits[i]) {
        if (!Float.isFinite(logit)) {
          throw new IllegalArgumentException("row %d has logit %s".formatted(i, logit));
        }
      }
    }
  }

  public int rows() {
    return labels.length;
  }

  /** Number of classes; 0 without rows. */
  public int classes() {
    return rows() == 0 ? 0 : logits[0].length;
  }

  /** The NLL of a row under a calibration, in nats. */
  double nll(int row, LogitCalibration calibration) {
    float[] z = logits[row];
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < z.length; k++) {
      max = Math.max(max, calibration.apply(z[k], k));
    }
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      sum += Math.exp(calibration.apply(z[k], k) - max);
    }
    return Math.log(sum) + (max - calibration.apply(z[labels[row]], labels[row]));
  }

  /** Whether the largest calibrated logit of a row, the first of them, is that of its label. */
  boolean isRight(int row, LogitCalibration calibration) {
    float[] z = logits[row];
    int best = 0;
    for (int k = 1; k < z.length; k++) {
      if (calibration.apply(z[k], k) > calibration.apply(z[best], best)) {
        best = k;
      }
    }
    return best == labels[row];
  }
}
