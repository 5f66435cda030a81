package io.logitflow.calibration;

import java.io.Serializable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.numbers.gamma.Erf;

/**
 * Bins of confidences with what came true, and the calibration errors that follow: with {@code n_b}
 * records, mean confidence {@code c_b} and accuracy {@code a_b} in bin b, and N records in all. The
 * bins may be any: of equal width, of equal mass, or one per distinct confidence. Without records,
 * errors are NaN.
 *
 * <p>Arrays have one element per bin and are not copied.
 *
 * @param count records
 * @param sumConfidence sum of the confidences
 * @param correct records that were predicted right
 */
public record ReliabilityBins(long[] count, double[] sumConfidence, long[] correct)
    implements Serializable {

  /** Checks that the arrays are of one size. */
  public ReliabilityBins {
    if (sumConfidence.length != count.length || correct.length != count.length) {
      throw new IllegalArgumentException(
          "%d counts, %d sums of confidences and %d counts of right ones"
              .formatted(count.length, sumConfidence.length, correct.length));
    }
  }

  /**
   * The largest error of a bin.
   *
   * @param value {@code |a_b - c_b|}; NaN if no bin had enough records
   * @param bin index of the bin; -1 if no bin had enough records
   */
  public record Maximum(double value, int bin) {}

  /** Bins without records. */
  public static ReliabilityBins empty(int bins) {
    return new ReliabilityBins(new long[bins], new double[bins], new long[bins]);
  }

  /**
   * These records and others. Sums of confidences are added as doubles: to get the same to the last
   * bit, add in the same order.
   */
  public ReliabilityBins plus(ReliabilityBins other) {
    ReliabilityBins sum = empty(bins());
    for (int b = 0; b < count.length; b++) {
      sum.count[b] = count[b] + other.count[b];
      sum.sumConfidence[b] = sumConfidence[b] + other.sumConfidence[b];
      sum.correct[b] = correct[b] + other.correct[b];
    }
    return sum;
  }

  public int bins() {
    return count.length;
  }

  /** N. */
  public long records() {
    return LongStream.of(count).sum();
  }

  /** {@code c_b}; NaN of an empty bin. */
  public double meanConfidence(int bin) {
    return sumConfidence[bin] / count[bin];
  }

  /** {@code a_b}; NaN of an empty bin. */
  public double accuracy(int bin) {
    return (double) correct[bin] / count[bin];
  }

  /** The expected calibration error, {@code sum_b n_b/N |a_b - c_b|}. */
  public double ece() {
    return mean(b -> Math.abs(correct[b] - sumConfidence[b]));
  }

  /** {@code sum_b n_b/N (c_b - a_b)}: above 0 is overconfident. */
  public double signedGap() {
    return mean(b -> sumConfidence[b] - correct[b]);
  }

  /** {@code sum_b n_b/N (a_b - c_b)^2}. */
  public double squaredL2() {
    return mean(b -> count[b] * square(gap(b)));
  }

  /** {@code sqrt(sum_b n_b/N (a_b - c_b)^2)}. */
  public double rootMeanSquare() {
    return Math.sqrt(squaredL2());
  }

  /** The maximum calibration error, over bins with at least so many records. */
  public Maximum maximum(long minimumCount) {
    Maximum maximum = new Maximum(Double.NaN, -1);
    for (int b = 0; b < count.length; b++) {
      double error = Math.abs(gap(b));
      if (count[b] >= Math.max(1, minimumCount) && !(error <= maximum.value)) {
        maximum = new Maximum(error, b);
      }
    }
    return maximum;
  }

  /**
   * The squared L2 error less what chance adds to it (Kumar et al. 2019): {@code sum_b n_b/N ((c_b
   * - a_b)^2 - a_b (1 - a_b) / (n_b - 1))}, without bins of fewer than 2 records. It may be below
   * 0, and must stay so where it is averaged.
   */
  public double debiasedSquaredL2() {
    return mean(b -> count[b] < 2 ? 0 : count[b] * (square(gap(b)) - variance(b) / (count[b] - 1)));
  }

  /** The root of {@link #debiasedSquaredL2}, 0 where that is below 0. */
  public double debiasedL2() {
    return Math.sqrt(Math.max(0, debiasedSquaredL2()));
  }

  /**
   * The ECE less an estimate of what chance adds to it (Kumar et al. 2019): twice the ECE minus its
   * expectation if each {@code a_b} were normal with variance {@code a_b (1 - a_b) / n_b}. That
   * expectation is the mean of the folded normal, so nothing is resampled.
   */
  public double debiasedL1() {
    return 2 * ece()
        - mean(b -> count[b] * foldedMean(gap(b), Math.sqrt(variance(b) / Math.max(1, count[b]))));
  }

  /**
   * What the ECE would be on average if the confidences were right: {@code sum_b sqrt(2 n_b c_b (1
   * - c_b) / pi) / N}. An ECE near it says nothing against the model.
   */
  public double expectedEceIfCalibrated() {
    return mean(
        b -> {
          double c = Math.min(1, meanConfidence(b));
          return Math.sqrt(2 * count[b] * c * (1 - c) / Math.PI);
        });
  }

  private double gap(int b) {
    return accuracy(b) - meanConfidence(b);
  }

  private double variance(int b) {
    return accuracy(b) * (1 - accuracy(b));
  }

  /** Sum over the bins that are not empty, over N. */
  private double mean(IntToDoubleFunction term) {
    return IntStream.range(0, count.length).filter(b -> count[b] > 0).mapToDouble(term).sum()
        / records();
  }

  /** Mean of |X| of a normal X. */
  private static double foldedMean(double mean, double deviation) {
    if (deviation == 0) {
      return Math.abs(mean);
    }
    double ratio = mean / deviation;
    return deviation * Math.sqrt(2 / Math.PI) * Math.exp(-ratio * ratio / 2)
        + mean * Erf.value(ratio / Math.sqrt(2));
  }

  private static double square(double x) {
    return x * x;
  }
}
