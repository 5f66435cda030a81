package io.logitflow.calibration;

import java.util.stream.LongStream;

/**
 * Murphy's parts of the Brier score of "the prediction is right", {@code mean (c - a)^2}, with the
 * two terms of Stephenson et al. (2008) that bins of different confidences need: {@code REL - RES +
 * UNC + WBV - 2 WBC} is the score, exactly.
 *
 * @param reliability REL, {@code sum_b n_b/N (c_b - a_b)^2}: 0 is perfect
 * @param resolution RES, {@code sum_b n_b/N (a_b - a)^2}: how far the confidence tells right from
 *     wrong
 * @param uncertainty UNC, {@code a (1 - a)}
 * @param withinBinVariance WBV, mean squared distance of a confidence to the mean of its bin
 * @param withinBinCovariance WBC, mean product of that distance and of the outcome's
 */
public record BrierDecomposition(
    double reliability,
    double resolution,
    double uncertainty,
    double withinBinVariance,
    double withinBinCovariance) {

  /**
   * Computes the parts; NaN without records.
   *
   * @param sumConfidenceSquared per bin: sum of the squared confidences
   * @param sumConfidenceCorrect per bin: sum of the confidences of what was predicted right
   */
  public static BrierDecomposition of(
      ReliabilityBins bins, double[] sumConfidenceSquared, double[] sumConfidenceCorrect) {
    double n = bins.records();
    double accuracy = LongStream.of(bins.correct()).sum() / n;
    double resolution = 0;
    double variance = 0;
    double covariance = 0;
    for (int b = 0; b < bins.bins(); b++) {
      if (bins.count()[b] > 0) {
        double distance = bins.accuracy(b) - accuracy;
        resolution += bins.count()[b] * distance * distance;
        double sum = bins.sumConfidence()[b];
        variance += sumConfidenceSquared[b] - sum * bins.meanConfidence(b);
        covariance += sumConfidenceCorrect[b] - sum * bins.accuracy(b);
      }
    }
    return new BrierDecomposition(
        bins.squaredL2(), resolution / n, accuracy * (1 - accuracy), variance / n, covariance / n);
  }

  /** The score that these are the parts of. */
  public double brier() {
    return reliability - resolution + uncertainty + withinBinVariance - 2 * withinBinCovariance;
  }
}
