package io.logitflow.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Single confidences and outcomes, as published examples give them, put into bins. */
final class RawPredictions {

  private RawPredictions() {}

  /** Bins of equal width. */
  static ReliabilityBins equalWidth(double[] confidence, int[] outcome, int bins) {
    EqualWidthBins edges = new EqualWidthBins(bins);
    long[] count = new long[bins];
    double[] sum = new double[bins];
    long[] correct = new long[bins];
    for (int i = 0; i < confidence.length; i++) {
      int bin = edges.of(confidence[i]);
      count[bin]++;
      sum[bin] += confidence[i];
      correct[bin] += outcome[i];
    }
    return new ReliabilityBins(count, sum, correct);
  }

  /** One cell per distinct confidence, ascending. */
  static ReliabilityBins cells(double[] confidence, int[] outcome) {
    double[] distinct = Arrays.stream(confidence).distinct().sorted().toArray();
    long[] count = new long[distinct.length];
    double[] sum = new double[distinct.length];
    long[] correct = new long[distinct.length];
    for (int i = 0; i < confidence.length; i++) {
      int cell = Arrays.binarySearch(distinct, confidence[i]);
      count[cell]++;
      sum[cell] += confidence[i];
      correct[cell] += outcome[i];
    }
    return new ReliabilityBins(count, sum, correct);
  }

  /** Confidence and outcome of the first of the largest probabilities. */
  static ReliabilityBins topLabel(double[][] probabilities, int[] labels, int bins) {
    int[] top =
        Arrays.stream(probabilities)
            .mapToInt(
                p ->
                    IntStream.range(0, p.length)
                        .boxed()
                        .max(Comparator.<Integer>comparingDouble(k -> p[k]).thenComparing(k -> -k))
                        .orElseThrow())
            .toArray();
    double[] confidence =
        IntStream.range(0, top.length).mapToDouble(i -> probabilities[i][top[i]]).toArray();
    int[] outcome = IntStream.range(0, top.length).map(i -> top[i] == labels[i] ? 1 : 0).toArray();
    return equalWidth(confidence, outcome, bins);
  }

  /** The probability of a class, and whether it was the true one. */
  static ReliabilityBins ofClass(double[][] probabilities, int[] labels, int k, int bins) {
    return equalWidth(
        Arrays.stream(probabilities).mapToDouble(p -> p[k]).toArray(),
        Arrays.stream(labels).map(y -> y == k ? 1 : 0).toArray(),
        bins);
  }
}
