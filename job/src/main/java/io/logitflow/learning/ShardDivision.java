package io.logitflow.learning;

import io.logitflow.training.sample.HeldOut;
import io.logitflow.training.sample.SampleRow;

/**
 * Which subtask of a training has the features of which rows. Held-out rows are all with the first
 * subtask, which judges; the others are spread by the hashes of their records, so that whoever
 * knows the hash knows where the row is.
 *
 * @param shards number of subtasks
 * @param heldOut which rows are held out
 */
record ShardDivision(int shards, HeldOut heldOut) {

  /** The subtask that judges and publishes. */
  static final int LEADER = 0;

  /** The subtask that has the features of a row. */
  int owner(SampleRow row) {
    return heldOut.holds(row.hash()) ? LEADER : Math.floorMod(row.hash(), shards);
  }
}
