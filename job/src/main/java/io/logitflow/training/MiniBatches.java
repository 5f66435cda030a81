package io.logitflow.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Steps along the gradients of mini-batches. The gradient of a mini-batch is scaled by the mean
 * weight of all rows, and so expected to be that of the {@link Objective}.
 */
final class MiniBatches {

  private final TrainingRows rows;
  private final BlockLossSum sums;
  private final int weights;
  private final int blockRows;
  private final StepRule.Steps steps;
  private final int batchSize;
  private final boolean shuffle;
  private final double l2;
  private final double[] point;
  private final double totalWeight;
  private final SplittableRandom random;
  private final int[] order;
  private final List<RowBlock> room = new ArrayList<>();
  private int next;

  /**
   * Steps from a point.
   *
   * @param rows of which some have a weight
   * @param weights number of parameters, from the first, that are penalised
   * @param blockRows rows of a block that the sums are given
   * @param totalWeight of the rows, those of the classes included
   * @param point changed by each step
   */
  MiniBatches(
      TrainingRows rows,
      BlockLossSum sums,
      int weights,
      int blockRows,
      MiniBatchOptions options,
      double l2,
      double totalWeight,
      long seed,
      double[] point) {
    this.rows = rows;
    this.sums = sums;
    this.weights = weights;
    this.blockRows = blockRows;
    this.steps = options.rule().steps(point.length);
    this.batchSize = Math.min(options.batchSize(), rows.size());
    this.shuffle = options.shuffle();
    this.l2 = l2;
    this.totalWeight = totalWeight;
    this.point = point;
    this.random = new SplittableRandom(seed);
    this.order = new int[rows.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    next = order.length;
  }

  /** Whether all rows have been in a batch since the epoch began, or none has begun. */
  boolean atEndOfEpoch() {
    return next == order.length;
  }

  /** Takes a step with the next rows, and yields the sum over them before it. */
  LossSum step() {
    if (atEndOfEpoch()) {
      next = 0;
      if (shuffle) {
        shuffle();
      }
    }
    int count = Math.min(batchSize, order.length - next);
    LossSum sum = sums.sum(gather(count), point);
    double scale = order.length / (count * totalWeight);
    double[] gradient = sum.gradient();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= scale;
      if (i < weights) {
        gradient[i] += l2 / totalWeight * point[i];
      }
    }
    steps.step(gradient, point);
    next += count;
    return sum;
  }

  /** Copies rows to where they lie side by side. */
  private List<RowBlock> gather(int count) {
    int blocks = (count + blockRows - 1) / blockRows;
    while (room.size() < blocks) {
      room.add(
          new RowBlock(
              Math.min(blockRows, batchSize),
              rows.features(),
              rows.classes(),
              rows.targets(),
              rows.exact()));
    }
    for (int i = 0; i < blocks; i++) {
      int from = i * blockRows;
      rows.gather(order, next + from, Math.min(blockRows, count - from), room.get(i));
    }
    return room.subList(0, blocks);
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
  }
}
