package io.logitflow.classifier.output;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Classes by their logits. */
final class Ranking {

  private Ranking() {}

  /** Indices from the largest value to the smallest; of equal values the smaller index first. */
  static int[] descending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> values[k]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The values from the largest to the smallest. */
  static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length / 2; i++) {
      double smaller = sorted[i];
      sorted[i] = sorted[sorted.length - 1 - i];
      sorted[sorted.length - 1 - i] = smaller;
    }
    return sorted;
  }
}
