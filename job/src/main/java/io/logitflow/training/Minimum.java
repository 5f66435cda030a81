package io.logitflow.training;

/**
 * Where a minimiser has got to.
 *
 * @param point the lowest that was found
 * @param value there, penalty of L1 included
 * @param gradientSize largest absolute element of the gradient there, of the pseudo-gradient with
 *     L1
 * @param iterations done
 * @param evaluations of the function
 * @param reason why it ended
 */
public record Minimum(
    double[] point,
    double value,
    double gradientSize,
    int iterations,
    int evaluations,
    StopReason reason) {}
