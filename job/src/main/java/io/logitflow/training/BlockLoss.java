package io.logitflow.training;

/** The loss of blocks of rows at one point. Threads may share one. */
interface BlockLoss {

  /** Adds loss and gradient of all rows of a block. */
  void add(RowBlock block, LossAccumulator into);
}
