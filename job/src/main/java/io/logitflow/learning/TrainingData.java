package io.logitflow.learning;

import io.logitflow.training.TrainingRows;
import io.logitflow.training.sample.HeldOut;
import io.logitflow.training.sample.Sample;
import io.logitflow.training.sample.SampleRow;
import io.logitflow.training.sample.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The rows of a sample by what they are for: training, stopping, and judging. Held-out rows never
 * train; the older half of them says when to stop, and the newer half, which nothing of the
 * training has seen, judges.
 *
 * @param classes the classes
 * @param featureCount number of features
 * @param training rows to train with
 * @param weights weight of each class among them, for what the floors have added
 * @param stopping held-out rows to stop by
 * @param judging held-out rows to judge by
 * @param unknownClass rows left out because their label names none of the classes
 * @param otherFeatureCount rows left out because they have another number of features
 */
record TrainingData(
    TrainingClasses classes,
    int featureCount,
    List<SampleRow> training,
    Map<String, Double> weights,
    List<SampleRow> stopping,
    List<SampleRow> judging,
    int unknownClass,
    int otherFeatureCount) {

  /**
   * Divides a sample.
   *
   * @param features number of features of the model; empty: that of most of the rows
   */
  static TrainingData of(
      Sample sample, Tally tally, TrainingClasses classes, OptionalInt features, HeldOut heldOut) {
    List<SampleRow> rows = sample.rows();
    int featureCount = features.orElseGet(() -> mostCommonCount(rows));
    List<SampleRow> training = new ArrayList<>();
    List<SampleRow> held = new ArrayList<>();
    int unknownClass = 0;
    int otherFeatureCount = 0;
    for (SampleRow row : rows) {
      if (row.features().length != featureCount) {
        otherFeatureCount++;
      } else if (classes.indexOf(row.label()) < 0) {
        unknownClass++;
      } else if (heldOut.holds(row.hash())) {
        held.add(row);
      } else {
        training.add(row);
      }
    }
    held.sort(
        Comparator.comparingLong(SampleRow::time)
            .thenComparing((one, other) -> Long.compareUnsigned(one.hash(), other.hash())));
    int older = held.size() / 2;
    return new TrainingData(
        classes,
        featureCount,
        training,
        sample.weights(tally.classes()),
        List.copyOf(held.subList(0, older)),
        List.copyOf(held.subList(older, held.size())),
        unknownClass,
        otherFeatureCount);
  }

  /** The smaller one of equally common ones; 0 without rows. */
  private static int mostCommonCount(List<SampleRow> rows) {
    Map<Integer, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.features().length, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /** Number of classes of which there is a row to train with. */
  long trainedClasses() {
    return training.stream().mapToInt(row -> classes.indexOf(row.label())).distinct().count();
  }

  /** The rows to train with. */
  TrainingRows trainingRows() {
    return trainingRows(row -> true);
  }

  /** Some of the rows to train with. */
  TrainingRows trainingRows(Predicate<SampleRow> which) {
    TrainingRows.Builder builder = builder();
    for (SampleRow row : training) {
      if (which.test(row)) {
        builder.add(row.features(), 0, classes.indexOf(row.label()), weight(row));
      }
    }
    return builder.build();
  }

  private double weight(SampleRow row) {
    return weights.getOrDefault(row.label(), 1.0);
  }

  private TrainingRows.Builder builder() {
    return TrainingRows.builder(featureCount, classes.names().size());
  }

  /** No rows, of the shape of the others. */
  TrainingRows noRows() {
    return builder().build();
  }

  /** The rows to stop by. */
  TrainingRows stoppingRows() {
    TrainingRows.Builder builder = builder();
    stopping.forEach(row -> builder.add(row.features(), classes.indexOf(row.label())));
    return builder.build();
  }

  /**
   * The prediction that knows no features: the weighted frequencies of the classes among the rows
   * to train with, with half a row more of each.
   */
  double[] frequencies() {
    double[] counts = weightsOfClasses();
    double all = Arrays.stream(counts).sum();
    for (int k = 0; k < counts.length; k++) {
      counts[k] = (counts[k] + 0.5) / (all + 0.5 * counts.length);
    }
    return counts;
  }

  /** Class weights that make all classes count alike; 0 for a class without rows. */
  List<Double> balancedClassWeights() {
    double[] counts = weightsOfClasses();
    double all = Arrays.stream(counts).sum();
    return Arrays.stream(counts)
        .mapToObj(weight -> weight > 0 ? all / (counts.length * weight) : 0)
        .toList();
  }

  private double[] weightsOfClasses() {
    double[] sums = new double[classes.names().size()];
    training.forEach(row -> sums[classes.indexOf(row.label())] += weight(row));
    return sums;
  }
}
