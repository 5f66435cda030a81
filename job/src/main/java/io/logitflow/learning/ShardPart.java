package io.logitflow.learning;

/**
 * A part of what a subtask holds of the sample. Immutable by agreement: nobody writes into its
 * bytes.
 *
 * @param order what it answers
 * @param shard subtask, from 0
 * @param shards number of subtasks
 * @param target subtask of the training that it is for, from 0
 * @param rows some of the shard's rows that the target is to have, as {@link SampleFormat} writes
 *     them
 * @param outlines some of its rows that another subtask of the training has, as {@link RowOutlines}
 *     writes them
 * @param summary where its strata end, and its tally, as {@link SampleFormat} writes them; null
 *     unless it is the last part of the shard for the target
 */
public record ShardPart(
    TrainingOrder order,
    int shard,
    int shards,
    int target,
    byte[] rows,
    byte[] outlines,
    byte[] summary) {

  /** Whether it is the last part of its shard. */
  boolean isLast() {
    return summary != null;
  }
}
