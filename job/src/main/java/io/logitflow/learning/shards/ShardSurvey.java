package io.logitflow.learning.shards;

import io.logitflow.training.FeatureMoments;
import io.logitflow.training.LinearShape;
import io.logitflow.training.Targets;
import io.logitflow.training.TrainingRows;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a shard holds, or several together.
 *
 * @param shape of the rows
 * @param targets what the rows say of their classes
 * @param rows number of rows to train with
 * @param heldOut number of rows that were held out
 * @param classes sum of the weights of the rows to train with, for each class; {@code [classes]}
 * @param moments of the rows to train with
 */
record ShardSurvey(
    LinearShape shape,
    Targets targets,
    long rows,
    long heldOut,
    double[] classes,
    FeatureMoments moments) {

  private static final List<Targets> TARGETS = List.of(Targets.values());
  private static final int HEADER = 6;

  static ShardSurvey of(ShardRows rows) {
    TrainingRows training = rows.training();
    return new ShardSurvey(
        training.shape(),
        training.targets(),
        training.size(),
        rows.heldOut().size(),
        training.weightsOfClasses(),
        FeatureMoments.of(training));
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException if their rows are of different shapes
   */
  ShardSurvey plus(ShardSurvey other) {
    if (!other.shape.equals(shape) || other.targets != targets) {
      throw new IllegalArgumentException(
          "a shard with %s and %s, but others with %s and %s: all rows need the same features and classes"
              .formatted(other.shape, other.targets, shape, targets));
    }
    double[] sum = classes.clone();
    Arrays.setAll(sum, k -> classes[k] + other.classes[k]);
    return new ShardSurvey(
        shape,
        targets,
        rows + other.rows,
        heldOut + other.heldOut,
        sum,
        moments.plus(other.moments));
  }

  /** As scikit-learn's {@code balanced}: rows / (classes x rows of the class). */
  List<Double> balancedClassWeights() {
    double all = Arrays.stream(classes).sum();
    return Arrays.stream(classes)
        .mapToObj(weight -> weight > 0 ? all / (classes.length * weight) : 0)
        .toList();
  }

  double[] toVector() {
    DoubleBuffer vector =
        DoubleBuffer.allocate(HEADER + classes.length + 2 * shape.features())
            .put(shape.classes())
            .put(shape.features())
            .put(TARGETS.indexOf(targets))
            .put((double) rows)
            .put((double) heldOut)
            .put(moments.weight())
            .put(classes)
            .put(moments.mean())
            .put(moments.squares());
    return vector.array();
  }

  static ShardSurvey fromVector(double[] array) {
    DoubleBuffer vector = DoubleBuffer.wrap(array);
    LinearShape shape = new LinearShape((int) vector.get(), (int) vector.get());
    Targets targets = TARGETS.get((int) vector.get());
    long rows = (long) vector.get();
    long heldOut = (long) vector.get();
    double weight = vector.get();
    double[] classes = new double[shape.classes()];
    double[] mean = new double[shape.features()];
    double[] squares = new double[shape.features()];
    vector.get(classes).get(mean).get(squares);
    return new ShardSurvey(
        shape, targets, rows, heldOut, classes, new FeatureMoments(weight, mean, squares));
  }
}
