package io.logitflow.training;

import io.logitflow.classifier.kernel.Argmax;
import java.util.Arrays;

/** The loss of one row and its derivative by the logits, in float64, for every kind of target. */
final class RowTerm {

  private final Targets targets;
  private final int classes;
  private final double smoothing;
  private final double[] classWeights;
  private final Distillation distillation;

  RowTerm(Targets targets, int classes, LossOptions options) {
    this.targets = targets;
    this.classes = classes;
    this.smoothing = options.labelSmoothing();
    this.classWeights = options.classWeights().stream().mapToDouble(w -> w).toArray();
    this.distillation = options.distillation().orElse(Distillation.plain());
  }

  /** Part of the target that all classes share. */
  double smoothing() {
    return smoothing;
  }

  /** Weight of a row, with that of its class. */
  double weight(RowBlock block, int row) {
    int label = block.labels[row];
    return label < 0 || classWeights.length == 0
        ? block.weights[row]
        : block.weights[row] * classWeights[label];
  }

  /** What logits are divided by beside another model's probabilities; 1 without them. */
  double temperature() {
    return targets == Targets.TEACHER ? distillation.temperature() : 1;
  }

  /**
   * Writes what the cross-entropy is taken against, times the weight of the row: with label sets
   * there is no such thing.
   *
   * @param ofClasses {@code [rows, classes]}
   * @param ofTeacher the same for the logits divided by the temperature; empty without another
   *     model's probabilities
   */
  void putTargets(RowBlock block, int row, float[] ofClasses, float[] ofTeacher) {
    double weight = weight(block, row);
    double share = targets == Targets.TEACHER ? distillation.share() : 0;
    int label = block.labels[row];
    int from = row * classes;
    if (share < 1) {
      for (int k = 0; k < classes; k++) {
        ofClasses[from + k] = (float) (weight * (1 - share) * classTarget(k, label));
      }
    }
    if (share > 0) {
      double t = distillation.temperature();
      double sum = teacherSum(block, from);
      for (int k = 0; k < classes; k++) {
        ofTeacher[from + k] =
            (float) (weight * share * t * t * teacherTarget(block, from + k, sum));
      }
    }
  }

  private double classTarget(int k, int label) {
    return (k == label ? 1 - smoothing : 0) + smoothing / classes;
  }

  private double teacherSum(RowBlock block, int from) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += teacherTarget(block, from + k, 1);
    }
    return sum;
  }

  /** A probability of the other model at the temperature, scaled by the sum of all. */
  private double teacherTarget(RowBlock block, int at, double sum) {
    return Math.pow(block.targets[at], 1 / distillation.temperature()) / sum;
  }

  /**
   * Adds the loss of a row.
   *
   * @param into has the logits of the row; its sums but the gradient grow, and its errors become
   *     weight times derivative
   */
  void add(RowBlock block, int row, LossAccumulator into) {
    double weight = weight(block, row);
    int label = block.labels[row];
    Arrays.fill(into.errors, 0);
    double loss =
        switch (targets) {
          case CLASSES -> ofClass(label, 1, into);
          case TEACHER -> ofTeacher(block, row, into);
          case LABEL_SETS -> ofLabelSet(block, row, into);
        };
    for (int k = 0; k < classes; k++) {
      into.errors[k] *= weight;
    }
    into.loss += weight * loss;
    into.weight += weight;
    if (label >= 0 && Argmax.argmax(into.logits) == label) {
      into.correct += weight;
    }
  }

  private double ofClass(int label, double share, LossAccumulator into) {
    double logSum = logSumOfExps(into.logits, 1);
    double loss = 0;
    for (int k = 0; k < classes; k++) {
      double target = classTarget(k, label);
      double logProbability = into.logits[k] - logSum;
      into.errors[k] += share * (Math.exp(logProbability) - target);
      if (target > 0) {
        loss -= target * logProbability;
      }
    }
    return share * loss;
  }

  private double ofTeacher(RowBlock block, int row, LossAccumulator into) {
    double t = distillation.temperature();
    double share = distillation.share();
    double loss = share < 1 ? ofClass(block.labels[row], 1 - share, into) : 0;
    int from = row * classes;
    double targetSum = teacherSum(block, from);
    double logSum = logSumOfExps(into.logits, t);
    for (int k = 0; k < classes; k++) {
      double target = teacherTarget(block, from + k, targetSum);
      double logProbability = into.logits[k] / t - logSum;
      into.errors[k] += share * t * (Math.exp(logProbability) - target);
      if (target > 0) {
        loss -= share * t * t * target * logProbability;
      }
    }
    return loss;
  }

  /** {@code ln(1 + e^z) - t z}, which is {@code -t ln p - (1 - t) ln(1 - p)}. */
  private double ofLabelSet(RowBlock block, int row, LossAccumulator into) {
    double loss = 0;
    for (int k = 0; k < classes; k++) {
      double z = into.logits[k];
      double target = (1 - smoothing) * block.targets[row * classes + k] + smoothing / 2;
      double factor = classWeights.length == 0 ? 1 : classWeights[k];
      loss += factor * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z);
      into.errors[k] = factor * (1 / (1 + Math.exp(-z)) - target);
    }
    return loss;
  }

  /** {@code ln sum exp(z / T)}. */
  private static double logSumOfExps(double[] logits, double temperature) {
    double max = logits[Argmax.argmax(logits)];
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp((logit - max) / temperature);
    }
    return max / temperature + Math.log(sum);
  }
}
