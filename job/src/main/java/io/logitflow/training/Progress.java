package io.logitflow.training;

/**
 * How far training is.
 *
 * @param step epochs of mini-batches, or iterations of L-BFGS, that are done
 * @param loss mean loss over the training rows: during the epoch, or the objective with its
 *     penalties after the iteration
 * @param holdoutLoss mean loss on the holdout, without smoothing and class weights; NaN without one
 * @param holdoutAccuracy share of the holdout whose class has the largest logit; NaN without one
 */
public record Progress(int step, double loss, double holdoutLoss, double holdoutAccuracy) {}
