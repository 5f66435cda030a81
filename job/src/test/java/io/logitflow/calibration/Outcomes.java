package io.logitflow.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random predictions with labels that follow a softmax of their logits, and what is done to them.
 */
final class Outcomes {

  /** A served prediction, its label and the label's delay. */
  record Outcome(ServedDistribution served, int label, long delayMillis) {

    void addTo(CalibrationStatistics statistics) {
      statistics.addPrediction(served);
      statistics.addOutcome(served, label, delayMillis);
    }

    void removeFrom(CalibrationStatistics statistics) {
      statistics.removePrediction(served);
      statistics.removeOutcome(served, label, delayMillis);
    }
  }

  private Outcomes() {}

  /** Labels are drawn from the softmax of the logits divided by a temperature, plus biases. */
  static List<Outcome> random(int records, int classes, double temperature, long seed) {
    return random(records, classes, temperature, new double[classes], seed);
  }

  static List<Outcome> random(
      int records, int classes, double temperature, double[] biases, long seed) {
    Random random = new Random(seed);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      float[] logits = new float[classes];
      double[] truth = new double[classes];
      for (int k = 0; k < classes; k++) {
        logits[k] = (float) (2 * random.nextGaussian());
        truth[k] = logits[k] / temperature + biases[k];
      }
      int label = drawn(softmax(truth), random.nextDouble());
      long delay = (long) Math.exp(20 * random.nextDouble());
      outcomes.add(new Outcome(served(logits, random.nextLong()), label, delay));
    }
    return outcomes;
  }

  /** Served without calibration. */
  static ServedDistribution served(float[] logits, long hash) {
    double[] z = new double[logits.length];
    int best = 0;
    for (int k = 0; k < z.length; k++) {
      z[k] = logits[k];
      best = logits[k] > logits[best] ? k : best;
    }
    double[] p = softmax(z);
    float[] probabilities = new float[p.length];
    for (int k = 0; k < p.length; k++) {
      probabilities[k] = (float) p[k];
    }
    return new ServedDistribution(best, probabilities, logits, true, hash);
  }

  static CalibrationStatistics statistics(int classes, List<Outcome> outcomes) {
    CalibrationStatistics statistics = new CalibrationStatistics(classes);
    outcomes.forEach(outcome -> outcome.addTo(statistics));
    return statistics;
  }

  static LabelledLogits rows(List<Outcome> outcomes) {
    return new LabelledLogits(
        outcomes.stream().map(outcome -> outcome.served().logits()).toArray(float[][]::new),
        outcomes.stream().mapToInt(Outcome::label).toArray());
  }

  private static double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(logits[k] - max);
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private static int drawn(double[] p, double uniform) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += p[k];
      if (uniform < sum) {
        return k;
      }
    }
    return p.length - 1;
  }
}
