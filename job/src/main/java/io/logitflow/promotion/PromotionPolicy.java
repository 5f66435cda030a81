package io.logitflow.promotion;

import java.io.Serializable;

/**
 * What it takes to replace a champion.
 *
 * @param alpha probability with which, over all tests, one ever finds better what is not, in (0,
 *     0.5)
 * @param expectedVariance variance process at which tests are sharpest: about the number of labels
 *     until a decision, times the variance of the differences, above 0
 * @param minLabels labels before which nothing is promoted
 * @param maxLabels labels after which a test ends that has found nothing
 * @param accuracyTolerance by how much the accuracy may at most be lower, as far as the lower bound
 *     of the difference tells, at least 0
 * @param calibrationTolerance by how much the debiased L2 calibration error may be higher, at least
 *     0
 */
public record PromotionPolicy(
    double alpha,
    double expectedVariance,
    long minLabels,
    long maxLabels,
    double accuracyTolerance,
    double calibrationTolerance)
    implements Serializable {}
