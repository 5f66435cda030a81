package io.logitflow.classifier.output;

import java.util.OptionalDouble;

/**
 * What turns the scores of a network into probabilities. Immutable. Right for all finite scores.
 *
 * <p>First the scores become one logit per class, most often the score itself; calibration divides
 * the logits by its temperature and adds its biases; then they become probabilities.
 */
public sealed interface OutputFunction
    permits Softmax,
        TopKSoftmax,
        TopPSoftmax,
        Sparsemax,
        Entmax15,
        TreeSoftmax,
        TwoLevelSoftmax,
        MultiLabelSigmoid,
        OneVsRest,
        GumbelSoftmax {

  /**
   * Number of classes that so many scores are for.
   *
   * @throws IllegalArgumentException if there cannot be so many
   */
  default int classes(int scores) {
    if (scores < 2) {
      throw new IllegalArgumentException(
          "%d outputs, expected at least 2 classes".formatted(scores));
    }
    return scores;
  }

  /**
   * Logits of a row.
   *
   * @param scores what the network yields
   * @return {@code [classes]}; may be the array itself
   */
  default double[] logits(double[] scores) {
    return scores;
  }

  /**
   * Probabilities of a row.
   *
   * @param logits after calibration, {@code [classes]}; not changed
   * @param seed of the record; whatever is drawn depends on nothing else
   * @return {@code [classes]}, from 0 to 1
   */
  double[] probabilities(double[] logits, long seed);

  /**
   * Whether the label is drawn: it is the class of the largest probability, not calibrated logit.
   */
  default boolean drawsLabel() {
    return false;
  }

  /** The probability from which a class is a label of the record; empty if there is just one. */
  default OptionalDouble labelThreshold() {
    return OptionalDouble.empty();
  }
}
