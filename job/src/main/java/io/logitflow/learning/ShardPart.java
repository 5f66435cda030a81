package io.logitflow.learning;

/**
 * A part of what a subtask holds of the sample. Immutable by agreement: nobody writes into its
 * bytes.
 *
 * @param order what it answers
 * @param shard subtask, from 0
 * @param shards number of subtasks
 * @param rows some of its rows, as {@link SampleFormat} writes them
 * @param summary where its strata end, and its tally, as {@link SampleFormat} writes them; null
 *     unless it is the last part of the shard
 */
public record ShardPart(TrainingOrder order, int shard, int shards, byte[] rows, byte[] summary) {

  /** Whether it is the last part of its shard. */
  boolean isLast() {
    return summary != null;
  }
}
