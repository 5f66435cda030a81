package io.logitflow.learning.rounds;

/** What a vector on its way between coordinator and shards is about. */
public enum Step {

  /** Question: nothing. Answer: what all shards are to keep to, of the one that says so. */
  PROPOSE,

  /** Question: what it proposed. Answer: nothing. */
  AGREE,

  /** Question: nothing. Answer: how many rows of which shape, and sums for means and weights. */
  SURVEY,

  /**
   * Question: how features are scaled and classes weighted. Answer: the weight of the rows, and
   * where to start, if the shard knows.
   */
  PREPARE,

  /** Question: a point. Answer: sums of the loss and its gradient over the rows to train with. */
  LOSS,

  /** Question: a point. Answer: sums of the loss over the rows that were held out. */
  HELD_OUT,

  /** Not a question: what the training came to. Nothing is answered. */
  RESULT
}
