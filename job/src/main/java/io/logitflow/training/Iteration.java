package io.logitflow.training;

/**
 * An iteration of a minimiser that is over.
 *
 * @param number from 1; 0 is the start
 * @param evaluations of the function so far
 * @param value of the function, penalty of L1 included
 * @param gradientSize largest absolute element of the gradient, of the pseudo-gradient with L1
 * @param point a copy, to start from again
 */
public record Iteration(
    int number, int evaluations, double value, double gradientSize, double[] point) {}
