package io.logitflow.learning.shards;

import io.logitflow.training.TrainingRows;

/**
 * The rows of a shard.
 *
 * @param training rows to train with; may be none
 * @param heldOut rows to judge by, of the same shape; may be none
 */
public record ShardRows(TrainingRows training, TrainingRows heldOut) {

  /** Checks the shapes. */
  public ShardRows {
    if (!training.shape().equals(heldOut.shape()) || training.targets() != heldOut.targets()) {
      throw new IllegalArgumentException(
          "rows held out with %s and %s, expected %s and %s as the others"
              .formatted(heldOut.shape(), heldOut.targets(), training.shape(), training.targets()));
    }
  }

  boolean isEmpty() {
    return training.size() + heldOut.size() == 0;
  }
}
