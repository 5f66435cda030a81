package io.logitflow.learning;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.training.sample.SampleRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well probabilities fit labelled rows.
 *
 * @param rows number of rows
 * @param nll mean of {@code -ln p} of the true class, in nats
 * @param halfBrier mean of half the squared distance of all probabilities to the truth, 0 to 1
 * @param accuracy share of rows whose predicted class is the true one
 */
record Judgement(int rows, double nll, double halfBrier, double accuracy) {

  /** A probability of 0 counts as the smallest normal float32: 87 nats. */
  private static final double SMALLEST = Float.MIN_NORMAL;

  private static final int BATCH = 256;

  /**
   * Judges a model as it would serve, its calibration included.
   *
   * @throws InvalidModelException if the model must not serve
   */
  static Judgement of(Model model, List<SampleRow> rows, TrainingClasses classes)
      throws InvalidModelException {
    Sums sums = new Sums();
    int features = model.featureCount();
    int classCount = model.classCount();
    try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
      Scores scores = new Scores(BATCH, classCount);
      float[] batch = new float[Math.multiplyExact(BATCH, features)];
      double[] probabilities = new double[classCount];
      for (int from = 0; from < rows.size(); from += BATCH) {
        List<SampleRow> part = rows.subList(from, Math.min(rows.size(), from + BATCH));
        for (int i = 0; i < part.size(); i++) {
          System.arraycopy(part.get(i).features(), 0, batch, i * features, features);
        }
        classifier.classify(FeatureBatch.of(batch, part.size()), scores);
        for (int i = 0; i < part.size(); i++) {
          for (int k = 0; k < classCount; k++) {
            probabilities[k] = scores.probabilities()[i * classCount + k];
          }
          sums.add(probabilities, scores.labels()[i], classes.indexOf(part.get(i).label()));
        }
      }
    }
    return sums.mean();
  }

  /** Judges a prediction that is the same for every row. */
  static Judgement ofConstant(
      double[] probabilities, List<SampleRow> rows, TrainingClasses classes) {
    int largest = 0;
    for (int k = 1; k < probabilities.length; k++) {
      if (probabilities[k] > probabilities[largest]) {
        largest = k;
      }
    }
    Sums sums = new Sums();
    for (SampleRow row : rows) {
      sums.add(probabilities, largest, classes.indexOf(row.label()));
    }
    return sums.mean();
  }

  /** The figures by name. */
  Map<String, Double> metrics() {
    return new TreeMap<>(Map.of("nll", nll, "halfBrier", halfBrier, "accuracy", accuracy));
  }

  private static final class Sums {
    private int rows;
    private double nll;
    private double halfBrier;
    private int correct;

    void add(double[] probabilities, int predicted, int trueClass) {
      rows++;
      nll -= Math.log(Math.max(SMALLEST, probabilities[trueClass]));
      correct += predicted == trueClass ? 1 : 0;
      for (int k = 0; k < probabilities.length; k++) {
        double distance = probabilities[k] - (k == trueClass ? 1 : 0);
        halfBrier += distance * distance / 2;
      }
    }

    Judgement mean() {
      return new Judgement(rows, nll / rows, halfBrier / rows, (double) correct / rows);
    }
  }
}
