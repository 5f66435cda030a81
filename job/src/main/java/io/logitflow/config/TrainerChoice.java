package io.logitflow.config;

/** What finds the weights. */
public enum TrainerChoice {
  /** L-BFGS: to the optimum, from all rows at once. */
  LBFGS,

  /** OWL-QN: as L-BFGS, with a penalty on absolute weights. */
  OWLQN,

  /** Mini-batch stochastic gradient descent. */
  SGD,

  /** Adam, by mini-batches. */
  ADAM
}
