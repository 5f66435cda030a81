package io.logitflow.training;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The loss of a row. For classes and another model's probabilities it is the cross-entropy of the
 * softmax of the logits; for label sets the binary cross-entropy, summed over the classes. In nats.
 *
 * @param labelSmoothing e in {@code (1 - e) [k = y] + e / classes}, the target of the
 *     cross-entropy; at least 0 and below 1. In label sets the target is {@code (1 - e) t + e / 2}
 * @param classWeights what the weight of a row is multiplied by, for each class; empty for 1. In
 *     label sets a factor of the term of that class
 * @param distillation how rows with another model's probabilities are learned from; without it, by
 *     {@link Distillation#plain()}
 */
public record LossOptions(
    double labelSmoothing, List<Double> classWeights, Optional<Distillation> distillation) {

  /** Neither smoothing nor weights. */
  public static final LossOptions PLAIN = new LossOptions(0, List.of(), Optional.empty());

  /** Checks the ranges. */
  public LossOptions {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing %s, expected at least 0 and below 1".formatted(labelSmoothing));
    }
    classWeights = List.copyOf(classWeights);
    for (double weight : classWeights) {
      if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "class weight %s, expected a number of at least 0".formatted(weight));
      }
    }
    Objects.requireNonNull(distillation, "distillation");
  }

  /**
   * Class weights that make all classes count alike: rows / (classes x rows of the class), as
   * scikit-learn's {@code balanced}; 0 for a class without rows.
   *
   * @param rows with the index of a class each
   */
  public static List<Double> balancedClassWeights(TrainingRows rows) {
    double[] weights = new double[rows.classes()];
    double total = 0;
    for (RowBlock block : rows.blocks()) {
      for (int row = 0; row < block.rows; row++) {
        if (block.labels[row] >= 0) {
          weights[block.labels[row]] += block.weights[row];
          total += block.weights[row];
        }
      }
    }
    double all = total;
    return Arrays.stream(weights)
        .mapToObj(weight -> weight > 0 ? all / (rows.classes() * weight) : 0)
        .toList();
  }

  /** Sum of the weights of rows, those of their classes included: that of {@link LossSum}. */
  public double weight(TrainingRows rows) {
    RowTerm term = new RowTerm(rows.targets(), rows.classes(), this);
    double sum = 0;
    for (RowBlock block : rows.blocks()) {
      for (int row = 0; row < block.rows; row++) {
        sum += term.weight(block, row);
      }
    }
    return sum;
  }

  /** The same without smoothing and class weights: how a holdout is judged. */
  LossOptions plain() {
    return new LossOptions(0, List.of(), distillation);
  }

  /** Checks that these options fit rows. */
  void check(TrainingRows rows) {
    if (!classWeights.isEmpty() && classWeights.size() != rows.classes()) {
      throw new IllegalArgumentException(
          "%d class weights, expected %d, one for each class"
              .formatted(classWeights.size(), rows.classes()));
    }
    if (distillation.isPresent() && rows.targets() != Targets.TEACHER) {
      throw new IllegalArgumentException(
          "distillation with rows that have %s, expected probabilities of another model"
              .formatted(rows.targets()));
    }
    if (rows.targets() == Targets.TEACHER
        && distillation.orElse(Distillation.plain()).share() < 1) {
      for (int row = 0; row < rows.size(); row++) {
        if (rows.label(row) < 0) {
          throw new IllegalArgumentException(
              "row %d has no class, which distillation with a share below 1 needs".formatted(row));
        }
      }
    }
  }
}
