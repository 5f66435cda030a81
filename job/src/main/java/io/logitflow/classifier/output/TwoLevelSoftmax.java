package io.logitflow.classifier.output;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Hierarchical softmax in two levels: {@code p_k = softmax(groups)[g(k)] softmax(classes of
 * g(k))[k]}. The scores are one per group, then one per class. The logit of a class is the
 * logarithm of that probability.
 *
 * @param groups the group of each class, from 0; no group is without a class
 */
public record TwoLevelSoftmax(List<Integer> groups) implements OutputFunction {

  public TwoLevelSoftmax {
    groups = List.copyOf(groups);
    if (groups.size() < 2 || groups.stream().anyMatch(group -> group < 0)) {
      throw new IllegalArgumentException(
          "groups is %.200s, expected a number from 0 for each of at least 2 classes"
              .formatted(groups));
    }
    int distinct = Set.copyOf(groups).size();
    if (distinct != groupCount(groups)) {
      throw new IllegalArgumentException(
          "classes are in %d groups, but the largest group is %d: expected no group without a class"
              .formatted(distinct, groupCount(groups) - 1));
    }
  }

  private static int groupCount(List<Integer> groups) {
    return 1 + groups.stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  @Override
  public int classes(int scores) {
    int expected = groupCount(groups) + groups.size();
    if (scores != expected) {
      throw new IllegalArgumentException(
          "%d outputs, expected %d: one for each of %d groups and %d classes"
              .formatted(scores, expected, groupCount(groups), groups.size()));
    }
    return groups.size();
  }

  @Override
  public double[] logits(double[] scores) {
    int count = groupCount(groups);
    double[] max = new double[count];
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
    for (int k = 0; k < groups.size(); k++) {
      max[groups.get(k)] = Math.max(max[groups.get(k)], scores[count + k]);
    }
    double[] sum = new double[count];
    for (int k = 0; k < groups.size(); k++) {
      sum[groups.get(k)] += Math.exp(scores[count + k] - max[groups.get(k)]);
    }
    double allGroups = Softmax.logSumExp(scores, count);
    double[] logits = new double[groups.size()];
    for (int k = 0; k < logits.length; k++) {
      int group = groups.get(k);
      double withinGroup = scores[count + k] - max[group] - Math.log(sum[group]);
      logits[k] = scores[group] - allGroups + withinGroup;
    }
    return logits;
  }

  @Override
  public double[] probabilities(double[] logits, long seed) {
    return Softmax.of(logits);
  }
}
