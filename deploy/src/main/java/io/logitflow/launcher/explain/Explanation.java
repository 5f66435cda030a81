package io.logitflow.launcher.explain;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.Contributions;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.launcher.models.FeatureNames;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Why a record has the class that it has: how far each class is ahead, and what each feature
 * contributes to the lead of one class over another.
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
record Explanation(
    Model model,
    LinearView view,
    RecordToExplain record,
    FeatureNames names,
    MeanRecord mean,
    float[] probabilities,
    double[] logits,
    double[] calibratedLogits,
    double[] distances,
    int target,
    int rival) {

  /**
   * Explains a record.
   *
   * @param target name of the class to explain; empty for the predicted one
   * @param rival name of the class to compare it with; empty for the strongest of the others
   * @throws IOException if there is no such class, or both are the same
   */
  static Explanation of(
      Model model,
      RecordToExplain record,
      FeatureNames names,
      MeanRecord mean,
      Optional<String> target,
      Optional<String> rival)
      throws InvalidModelException, IOException {
    LinearView view = LinearView.of(model);
    Scores scores = new Scores(1, view.classCount());
    try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
      classifier.classify(FeatureBatch.of(record.features(), 1), scores);
    }
    float[] probabilities = scores.probabilities();
    double[] logits = view.logits(record.features());
    double[] calibrated = model.calibration().apply(model.outputFunction().logits(logits));
    int of = target.isPresent() ? index(model, target.get()) : largest(calibrated, -1);
    int against = rival.isPresent() ? index(model, rival.get()) : largest(calibrated, of);
    if (of == against) {
      throw new IOException(
          "--class and --against are both '%s': name two classes"
              .formatted(model.classNames().get(of)));
    }
    return new Explanation(
        model,
        view,
        record,
        names,
        mean,
        probabilities,
        logits,
        calibrated,
        view.distances(record.features()),
        of,
        against);
  }

  /** The classes, the largest calibrated logit first. */
  List<Integer> classesByLogit() {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> -calibratedLogits[k]))
        .toList();
  }

  Contributions contributions() {
    return view.contributions(record.features(), mean.values());
  }

  /** The lead that the target has already at the mean record. */
  double leadAtMean() {
    return contributions().logitAtReference(target) - contributions().logitAtReference(rival);
  }

  /** What all features together contribute to the lead. */
  double leadOfFeatures() {
    return DoubleStream.of(contributions().ofMargin(target, rival)).sum();
  }

  /** The lead after calibration: what remains of it decides between the two classes. */
  double calibratedLead() {
    return calibratedLogits[target] - calibratedLogits[rival];
  }

  /** What the biases of the calibration add to the calibrated lead; empty without biases. */
  OptionalDouble leadOfBiases() {
    if (!model.calibration().hasBiases()) {
      return OptionalDouble.empty();
    }
    double[] biases = model.calibration().biases();
    return OptionalDouble.of(biases[target] - biases[rival]);
  }

  /** The features of largest contribution to the lead, by magnitude, none that is 0. */
  List<Integer> topFeatures(int top) {
    double[] margin = contributions().ofMargin(target, rival);
    return IntStream.range(0, margin.length)
        .filter(i -> margin[i] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(margin[i])))
        .limit(top)
        .toList();
  }

  String targetName() {
    return model.classNames().get(target);
  }

  String rivalName() {
    return model.classNames().get(rival);
  }

  private static int largest(double[] logits, int except) {
    int largest = except == 0 ? 1 : 0;
    for (int k = 0; k < logits.length; k++) {
      if (k != except && logits[k] > logits[largest]) {
        largest = k;
      }
    }
    return largest;
  }

  private static int index(Model model, String name) throws IOException {
    int index = model.classNames().indexOf(name);
    if (index < 0) {
      List<String> names = model.classNames();
      throw new IOException(
          "the model has no class '%s'; it has: %s%s"
              .formatted(
                  name,
                  String.join(", ", names.subList(0, Math.min(20, names.size()))),
                  names.size() > 20 ? ", ..." : ""));
    }
    return index;
  }
}
