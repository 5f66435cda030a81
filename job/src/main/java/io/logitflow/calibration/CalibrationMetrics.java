package io.logitflow.calibration;

import io.logitflow.calibration.CalibrationStatistics.Sum;
import io.logitflow.interval.BetaBinomialMixture;
import io.logitflow.interval.Interval;
import io.logitflow.interval.StandardNormal;
import io.logitflow.interval.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What statistics say: ratios and errors, computed on call from counts and sums. They never merge;
 * the statistics do. What is not defined, such as the accuracy of no records, is NaN.
 *
 * <p>Intervals are at 95%. Those called anytime-valid are confidence sequences, which hold for who
 * looks at every record that comes.
 */
public final class CalibrationMetrics {

  /** Records below which a bin's error is not published as the largest one. */
  public static final long MIN_BIN_COUNT = 30;

  private static final double ALPHA = 0.05;

  /** Records at which anytime-valid intervals are tightest: of all records, and of one bin. */
  private static final double TIGHTEST_AT = 1000;

  private static final double BIN_TIGHTEST_AT = 100;

  private final CalibrationStatistics statistics;

  private CalibrationMetrics(CalibrationStatistics statistics) {
    this.statistics = statistics;
  }

  /** Metrics of the statistics as they are now; what is added later does not change them. */
  public static CalibrationMetrics of(CalibrationStatistics statistics) {
    return new CalibrationMetrics(statistics.copy());
  }

  /**
   * One bin of a reliability diagram.
   *
   * @param lower edge of the bin, exclusive except for 0
   * @param upper edge of the bin, inclusive
   * @param count labelled predictions
   * @param meanConfidence NaN if there are none
   * @param accuracy NaN if there are none
   * @param wilson interval of the accuracy
   * @param anytime anytime-valid interval of the accuracy
   */
  public record Bin(
      double lower,
      double upper,
      long count,
      double meanConfidence,
      double accuracy,
      Interval wilson,
      Interval anytime) {}

  /** Part of the labelled predictions that were right. */
  public double accuracy() {
    return perLabelled((double) statistics.correct());
  }

  public Interval accuracyWilson() {
    return WilsonInterval.of(statistics.correct(), statistics.labelled(), StandardNormal.Z_95);
  }

  public Interval accuracyAnytime() {
    return BetaBinomialMixture.confidenceSequence(
        statistics.correct(), statistics.labelled(), ALPHA, TIGHTEST_AT);
  }

  /** Mean confidence of the labelled predictions. */
  public double meanConfidence() {
    return perLabelled(statistics.sum(Sum.CONFIDENCE));
  }

  /**
   * Mean confidence of all valid predictions, labelled or not: the accuracy to expect, if the
   * confidences are right.
   */
  public double expectedAccuracy() {
    return statistics.sum(Sum.CONFIDENCE_OF_ALL)
        / (statistics.predictions() - statistics.invalid());
  }

  /** Part of the predictions whose label came. */
  public double coverage() {
    return (double) statistics.labelled() / statistics.predictions();
  }

  /** Mean negative log-likelihood of the true class, in nats. */
  public double nll() {
    return perLabelled(statistics.sum(Sum.NLL));
  }

  /** Standard error of {@link #nll}; NaN below 2 records. */
  public double nllStandardError() {
    return standardError(statistics.sum(Sum.NLL), statistics.sum(Sum.NLL_SQUARED));
  }

  /** Mean Brier score, summed over the classes, in [0, 2]. */
  public double brier() {
    return perLabelled(statistics.sum(Sum.BRIER));
  }

  /** Half of it, in [0, 1]. */
  public double halfBrier() {
    return brier() / 2;
  }

  /** Standard error of {@link #brier}; NaN below 2 records. */
  public double brierStandardError() {
    return standardError(statistics.sum(Sum.BRIER), statistics.sum(Sum.BRIER_SQUARED));
  }

  /** Parts of the Brier score of "the prediction is right", over the 15 bins. */
  public BrierDecomposition brierDecomposition() {
    SumTable table = statistics.bins();
    return BrierDecomposition.of(
        reliabilityBins(),
        reals(table, CalibrationStatistics.BIN_CONFIDENCE_SQUARED),
        reals(table, CalibrationStatistics.BIN_CONFIDENCE_CORRECT));
  }

  /** The 15 bins of the confidence, which have the ECE and its kin. */
  public ReliabilityBins reliabilityBins() {
    return bins(statistics.bins(), 0, CalibrationStatistics.BINS);
  }

  /** ECE over 15 bins of equal width. */
  public double ece() {
    return reliabilityBins().ece();
  }

  /** The largest error of a bin with at least {@value #MIN_BIN_COUNT} records. */
  public ReliabilityBins.Maximum maximumError() {
    return reliabilityBins().maximum(MIN_BIN_COUNT);
  }

  /** ECE over 15 bins of equal mass, at the resolution of the micro-bins. */
  public double equalMassEce() {
    return equalMassBins().ece();
  }

  /** Debiased L2 error over 15 bins of equal mass, at the resolution of the micro-bins. */
  public double equalMassDebiasedL2() {
    return equalMassBins().debiasedL2();
  }

  /** 15 bins of equal mass, at the resolution of the micro-bins. */
  public ReliabilityBins equalMassBins() {
    return EqualMassBins.of(microBins(), CalibrationStatistics.BINS);
  }

  /** ECE over as many bins of equal mass as keep their accuracies ascending. */
  public double sweepEce() {
    return EqualMassBins.sweep(microBins()).ece();
  }

  public SmoothCalibrationError smoothError() {
    SumTable grid = statistics.smoothGrid();
    return SmoothCalibrationError.of(
        reals(grid, CalibrationStatistics.SMOOTH_COUNT),
        reals(grid, CalibrationStatistics.SMOOTH_RESIDUAL));
  }

  /** Mean over the classes of {@link #classwiseErrors}; NaN where these are not kept. */
  public double classwiseEce() {
    return DoubleStream.of(classwiseErrors()).average().orElse(Double.NaN);
  }

  /**
   * Per class, the ECE of its probability over 15 bins of equal width; empty above {@value
   * CalibrationStatistics#MAX_CLASSWISE_CLASSES} classes.
   */
  public double[] classwiseErrors() {
    if (!CalibrationStatistics.classwise(statistics.classes())) {
      return new double[0];
    }
    return IntStream.range(0, statistics.classes()).mapToDouble(k -> classBins(k).ece()).toArray();
  }

  /** The 15 bins of a class's probability, with how often it was the true one. */
  public ReliabilityBins classBins(int k) {
    return bins(
        statistics.classBins(), CalibrationStatistics.classBin(k, 0), CalibrationStatistics.BINS);
  }

  /**
   * Spiegelhalter's Z of the confidences, {@code sum (a - c)(1 - 2c) / sqrt(sum (1 - 2c)^2 c (1 -
   * c))}: standard normal if they are right.
   */
  public double spiegelhalterZ() {
    double variance = statistics.sum(Sum.SPIEGELHALTER_VARIANCE);
    return variance > 0
        ? statistics.sum(Sum.SPIEGELHALTER_NUMERATOR) / Math.sqrt(variance)
        : Double.NaN;
  }

  /** Two-sided p-value of {@link #spiegelhalterZ}. */
  public double spiegelhalterPValue() {
    return StandardNormal.twoSidedTail(spiegelhalterZ());
  }

  /**
   * A quantile of the delays of labels, in milliseconds, interpolated within a power of 2.
   *
   * @param q in [0, 1]
   */
  public double delayQuantile(double q) {
    long[] delays = statistics.delays();
    double rank = q * LongStream.of(delays).sum();
    double seen = 0;
    for (int i = 0; i < delays.length; i++) {
      if (delays[i] > 0 && seen + delays[i] >= rank) {
        double lower = i == 0 ? 0 : Math.scalb(1.0, i);
        return lower + (Math.scalb(1.0, i + 1) - lower) * (rank - seen) / delays[i];
      }
      seen += delays[i];
    }
    return Double.NaN;
  }

  /**
   * Labelled predictions by true class and predicted class, {@code [classes][classes]}; no rows
   * above {@value CalibrationStatistics#MAX_CLASSWISE_CLASSES} classes.
   */
  public long[][] confusion() {
    long[] counts = statistics.confusion().counts(0);
    int classes = statistics.classes();
    return IntStream.range(0, counts.length / classes)
        .mapToObj(k -> Arrays.copyOfRange(counts, k * classes, (k + 1) * classes))
        .toArray(long[][]::new);
  }

  /** Labelled predictions by true class, {@code [classes]}. */
  public long[] trueCounts() {
    return statistics.trueCounts().counts(0);
  }

  /** Labelled predictions by predicted class, {@code [classes]}. */
  public long[] predictedCounts() {
    return statistics.predictedCounts().counts(0);
  }

  /** The 15 bins as rows of a reliability diagram. */
  public List<Bin> binTable() {
    ReliabilityBins bins = reliabilityBins();
    EqualWidthBins edges = new EqualWidthBins(bins.bins());
    List<Bin> table = new ArrayList<>();
    for (int b = 0; b < bins.bins(); b++) {
      long count = bins.count()[b];
      long correct = bins.correct()[b];
      table.add(
          new Bin(
              b == 0 ? 0 : edges.upperEdge(b - 1),
              edges.upperEdge(b),
              count,
              bins.meanConfidence(b),
              bins.accuracy(b),
              WilsonInterval.of(correct, count, StandardNormal.Z_95),
              BetaBinomialMixture.confidenceSequence(correct, count, ALPHA, BIN_TIGHTEST_AT)));
    }
    return table;
  }

  private ReliabilityBins microBins() {
    return bins(statistics.microBins(), 0, MicroBins.COUNT);
  }

  private static ReliabilityBins bins(SumTable table, int first, int size) {
    long[] count = new long[size];
    double[] sumConfidence = new double[size];
    long[] correct = new long[size];
    for (int b = 0; b < size; b++) {
      count[b] = table.count(first + b, CalibrationStatistics.BIN_COUNT);
      sumConfidence[b] = table.real(first + b, CalibrationStatistics.BIN_CONFIDENCE);
      correct[b] = table.count(first + b, CalibrationStatistics.BIN_CORRECT);
    }
    return new ReliabilityBins(count, sumConfidence, correct);
  }

  private static double[] reals(SumTable table, int column) {
    return IntStream.range(0, table.rowCount())
        .mapToDouble(row -> table.real(row, column))
        .toArray();
  }

  private double perLabelled(double sum) {
    return sum / statistics.labelled();
  }

  private double standardError(double sum, double sumOfSquares) {
    double n = statistics.labelled();
    double mean = sum / n;
    return n < 2 ? Double.NaN : Math.sqrt(Math.max(0, sumOfSquares / n - mean * mean) / (n - 1));
  }
}
