package io.logitflow.training;

/** Why training ended. */
public enum StopReason {

  /** The gradient is as small as was asked for. */
  GRADIENT,

  /** An iteration lowered the objective by less than was asked for. */
  DECREASE,

  /** No point along the direction is lower, as far as the arithmetic can tell. */
  LINE_SEARCH,

  /** All iterations that were allowed are done. */
  ITERATIONS,

  /** All epochs are done. */
  EPOCHS,

  /** The loss on the holdout has not fallen for as many epochs as the patience is. */
  HOLDOUT,

  /** Somebody asked to stop, or the thread was interrupted. */
  CANCELLED,

  /** The objective is no longer a finite number. */
  DIVERGED
}
