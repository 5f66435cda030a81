package io.logitflow.classifier.output;

import java.util.OptionalDouble;

/**
 * {@code p_k = 1 / (1 + exp(-z_k))}, each class for itself: a record may have any number of labels,
 * and the probabilities do not sum to 1.
 *
 * @param threshold probability from which a class is a label, from 0 to 1
 */
public record MultiLabelSigmoid(double threshold) implements OutputFunction {

  /** The usual threshold. */
  public static final double DEFAULT_THRESHOLD = 0.5;

  public MultiLabelSigmoid {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold is %s, expected 0 to 1".formatted(threshold));
    }
  }

  /** One class will do. */
  @Override
  public int classes(int scores) {
    return scores;
  }

  @Override
  public double[] probabilities(double[] logits, long seed) {
    double[] probabilities = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = LogSigmoid.sigmoid(logits[k]);
    }
    return probabilities;
  }

  @Override
  public OptionalDouble labelThreshold() {
    return OptionalDouble.of(threshold);
  }
}
