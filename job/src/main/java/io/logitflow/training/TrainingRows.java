package io.logitflow.training;

import io.logitflow.classifier.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows to train with, or to judge by: features, what is known of the class, and a weight each.
 * Immutable: threads may share one. They are kept in blocks, so that all rows together may have
 * more features than an array holds.
 */
public final class TrainingRows {

  private final int features;
  private final int classes;
  private final Targets targets;
  private final List<RowBlock> blocks;
  private final int size;
  private final int blockRows;

  private TrainingRows(
      int features, int classes, Targets targets, List<RowBlock> blocks, int blockRows) {
    this.features = features;
    this.classes = classes;
    this.targets = targets;
    this.blocks = List.copyOf(blocks);
    this.blockRows = blockRows;
    this.size =
        blocks.isEmpty()
            ? 0
            : Math.addExact(
                Math.multiplyExact(blocks.size() - 1, blockRows),
                blocks.get(blocks.size() - 1).rows);
  }

  /** A builder of rows with the index of a class each. */
  public static Builder builder(int features, int classes) {
    return new Builder(features, classes, Targets.CLASSES);
  }

  /**
   * A builder of rows.
   *
   * @param features number of features of a row, at least 1
   * @param classes number of classes, at least 1
   * @param targets what rows say about their classes
   */
  public static Builder builder(int features, int classes, Targets targets) {
    return new Builder(features, classes, targets);
  }

  /** Number of features of a row. */
  public int features() {
    return features;
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** What the rows say about their classes. */
  public Targets targets() {
    return targets;
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /** Sum of the weights of the rows. */
  public double weight() {
    return blocks.stream().mapToDouble(RowBlock::weight).sum();
  }

  /** Sum of the weights of the rows of each class; rows of which it is unknown are left out. */
  public double[] weightsOfClasses() {
    double[] weights = new double[classes];
    for (RowBlock block : blocks) {
      for (int row = 0; row < block.rows; row++) {
        if (block.labels[row] >= 0) {
          weights[block.labels[row]] += block.weights[row];
        }
      }
    }
    return weights;
  }

  /** The parameters of a linear model of these rows. */
  public LinearShape shape() {
    return new LinearShape(classes, features);
  }

  /**
   * The features of a row as float32, in a new array.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public float[] row(int index) {
    RowBlock block = blocks.get(Objects.checkIndex(index, size) / blockRows);
    int from = index % blockRows * features;
    float[] row = new float[features];
    System.arraycopy(block.values, from, row, 0, features);
    return row;
  }

  /**
   * The class of a row; -1 where it is unknown, as it always is in {@link Targets#LABEL_SETS}.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public int label(int index) {
    return blocks.get(Objects.checkIndex(index, size) / blockRows).labels[index % blockRows];
  }

  /**
   * The weight of a row.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public double weight(int index) {
    return blocks.get(Objects.checkIndex(index, size) / blockRows).weights[index % blockRows];
  }

  /**
   * The same rows with each feature shifted and scaled.
   *
   * @throws IllegalArgumentException if the normaliser is for another number of features
   */
  public TrainingRows standardised(Normaliser normaliser) {
    double[] mean = normaliser.mean().toDoubles();
    double[] scale = normaliser.scale().toDoubles();
    if (mean.length != features || scale.length != features) {
      throw new IllegalArgumentException(
          "a normaliser of %d means and %d scales, expected %d of each"
              .formatted(mean.length, scale.length, features));
    }
    List<RowBlock> scaled = new ArrayList<>();
    for (RowBlock block : blocks) {
      RowBlock copy = new RowBlock(block.rows, features, classes, targets, exact());
      for (int row = 0; row < block.rows; row++) {
        copy.append(block, row, features, classes);
        for (int i = 0; i < features; i++) {
          int at = row * features + i;
          copy.set(at, (block.value(at) - mean[i]) / scale[i]);
        }
      }
      scaled.add(copy);
    }
    return new TrainingRows(features, classes, targets, scaled, blockRows);
  }

  List<RowBlock> blocks() {
    return blocks;
  }

  boolean exact() {
    return !blocks.isEmpty() && blocks.get(0).residuals != null;
  }

  /** Replaces a block's rows by some of these. */
  void gather(int[] order, int from, int count, RowBlock target) {
    target.rows = 0;
    for (int i = from; i < from + count; i++) {
      target.append(blocks.get(order[i] / blockRows), order[i] % blockRows, features, classes);
    }
  }

  /** Adds up rows. Not thread-safe. */
  public static final class Builder {
    private final LinearShape shape;
    private final Targets targets;
    private final int blockRows;
    private final List<RowBlock> blocks = new ArrayList<>();
    private boolean exact;

    private Builder(int features, int classes, Targets targets) {
      this.shape = new LinearShape(classes, features);
      this.targets = Objects.requireNonNull(targets, "targets");
      this.blockRows = RowBlock.capacity(features);
    }

    /**
     * Keeps features that come as float64 to 48 bits, in twice the memory, for training in float64.
     *
     * @throws IllegalStateException if there are rows already
     */
    public Builder exact() {
      if (!blocks.isEmpty()) {
        throw new IllegalStateException("there are rows already, and their residuals are lost");
      }
      exact = true;
      return this;
    }

    /** Adds a row of weight 1. */
    public Builder add(float[] values, int label) {
      return add(values, 0, label, 1);
    }

    /**
     * Adds a row.
     *
     * @param values holds the features from {@code from} on; copied
     * @param label index of the class
     * @param weight importance, finite and at least 0
     * @throws IllegalArgumentException if a feature is not finite, or label or weight are out of
     *     range, or the rows need more than a label
     */
    public Builder add(float[] values, int from, int label, double weight) {
      requireTargets(Targets.CLASSES);
      checkLabel(label, 0);
      RowBlock block = next(label, weight);
      put(block, values, from);
      return this;
    }

    /** Adds a row of weight 1 whose features are float64; see {@link #exact()}. */
    public Builder add(double[] values, int label) {
      requireTargets(Targets.CLASSES);
      checkLabel(label, 0);
      Objects.checkFromIndexSize(0, shape.features(), values.length);
      RowBlock block = next(label, 1);
      int to = block.rows * shape.features();
      for (int i = 0; i < shape.features(); i++) {
        checkFinite(values[i], i);
        block.set(to + i, values[i]);
      }
      block.rows++;
      return this;
    }

    /**
     * Adds a row that another model has scored.
     *
     * @param label index of the class; -1 if it is unknown
     * @param probabilities the other model's, {@code [classes]}; those of a row are scaled to sum
     *     to 1
     * @throws IllegalArgumentException as {@link #add(float[], int, int, double)}, and if a
     *     probability is below 0 or not finite, or all are 0
     */
    public Builder addTaught(
        float[] values, int from, int label, float[] probabilities, double weight) {
      requireTargets(Targets.TEACHER);
      checkLabel(label, -1);
      checkTargets(probabilities, Float.MAX_VALUE);
      double sum = 0;
      for (float probability : probabilities) {
        sum += probability;
      }
      if (!(sum > 0)) {
        throw new IllegalArgumentException(
            "row %d: its probabilities sum to %s, expected more than 0".formatted(size(), sum));
      }
      RowBlock block = next(label, weight);
      int to = block.rows * shape.classes();
      for (int k = 0; k < shape.classes(); k++) {
        block.targets[to + k] = (float) (probabilities[k] / sum);
      }
      put(block, values, from);
      return this;
    }

    /**
     * Adds a row that may belong to any number of classes.
     *
     * @param members for each class 1 if the row belongs to it, else 0, or a probability
     * @throws IllegalArgumentException as {@link #add(float[], int, int, double)}, and if a value
     *     is not from 0 to 1
     */
    public Builder addLabelSet(float[] values, int from, float[] members, double weight) {
      requireTargets(Targets.LABEL_SETS);
      checkTargets(members, 1);
      RowBlock block = next(-1, weight);
      System.arraycopy(members, 0, block.targets, block.rows * shape.classes(), shape.classes());
      put(block, values, from);
      return this;
    }

    /** The rows. The builder may not be used any more. */
    public TrainingRows build() {
      if (!blocks.isEmpty()) {
        int last = blocks.size() - 1;
        blocks.set(last, blocks.get(last).trimmed(shape.features(), shape.classes(), targets));
      }
      return new TrainingRows(shape.features(), shape.classes(), targets, blocks, blockRows);
    }

    private RowBlock next(int label, double weight) {
      if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "row %d: weight %s, expected a number of at least 0".formatted(size(), weight));
      }
      if (blocks.isEmpty() || blocks.get(blocks.size() - 1).rows == blockRows) {
        blocks.add(new RowBlock(blockRows, shape.features(), shape.classes(), targets, exact));
      }
      RowBlock block = blocks.get(blocks.size() - 1);
      block.labels[block.rows] = label;
      block.weights[block.rows] = weight;
      return block;
    }

    private void put(RowBlock block, float[] values, int from) {
      Objects.checkFromIndexSize(from, shape.features(), values.length);
      for (int i = 0; i < shape.features(); i++) {
        checkFinite(values[from + i], i);
      }
      System.arraycopy(values, from, block.values, block.rows * shape.features(), shape.features());
      block.rows++;
    }

    private void requireTargets(Targets kind) {
      if (targets != kind) {
        throw new IllegalArgumentException(
            "a row with %s, but the rows before have %s".formatted(kind, targets));
      }
    }

    private void checkLabel(int label, int least) {
      if (label < least || label >= shape.classes()) {
        throw new IllegalArgumentException(
            "row %d: class %d, expected %d to %d"
                .formatted(size(), label, least, shape.classes() - 1));
      }
    }

    private void checkTargets(float[] values, float largest) {
      if (values.length != shape.classes()) {
        throw new IllegalArgumentException(
            "row %d: %d targets, expected %d".formatted(size(), values.length, shape.classes()));
      }
      for (int k = 0; k < values.length; k++) {
        if (!(values[k] >= 0 && values[k] <= largest)) {
          throw new IllegalArgumentException(
              "row %d: target %s of class %d, expected 0 to %s"
                  .formatted(size(), values[k], k, largest));
        }
      }
    }

    private void checkFinite(double value, int feature) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "row %d: feature %d is %s, expected a finite number".formatted(size(), feature, value));
      }
    }

    private long size() {
      return blocks.isEmpty()
          ? 0
          : (blocks.size() - 1L) * blockRows + blocks.get(blocks.size() - 1).rows;
    }
  }
}
