package io.logitflow.training;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import java.util.Arrays;

/**
 * A model whose probabilities another one learns: those that it serves, calibration included.
 *
 * @param model any with as many features and classes as the rows, but not of label sets
 */
public record Teacher(Model model) {

  private static final int BATCH = 256;

  /** Whether the model gives rows of so many features probabilities of so many classes. */
  public boolean fits(int features, int classes) {
    return model.featureCount() == features
        && model.classCount() == classes
        && !(model.outputFunction() instanceof MultiLabelSigmoid);
  }

  /**
   * Rows with a class each, with the probabilities of the model beside it.
   *
   * @throws InvalidModelException if the model cannot be loaded
   * @throws IllegalArgumentException if the model does not fit the rows
   */
  public TrainingRows teach(TrainingRows rows) throws InvalidModelException {
    if (!fits(rows.features(), rows.classes())) {
      throw new IllegalArgumentException(
          "%s with %s cannot teach rows of %d features and %d classes"
              .formatted(model, model.outputFunction(), rows.features(), rows.classes()));
    }
    TrainingRows.Builder taught =
        TrainingRows.builder(rows.features(), rows.classes(), Targets.TEACHER);
    try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
      Scores scores = new Scores(BATCH, rows.classes());
      float[] batch = new float[Math.multiplyExact(BATCH, rows.features())];
      for (int from = 0; from < rows.size(); from += BATCH) {
        int count = Math.min(BATCH, rows.size() - from);
        for (int i = 0; i < count; i++) {
          System.arraycopy(rows.row(from + i), 0, batch, i * rows.features(), rows.features());
        }
        classifier.classify(FeatureBatch.of(batch, count), scores);
        for (int i = 0; i < count; i++) {
          int at = i * rows.classes();
          taught.addTaught(
              batch,
              i * rows.features(),
              rows.label(from + i),
              Arrays.copyOfRange(scores.probabilities(), at, at + rows.classes()),
              rows.weight(from + i));
        }
      }
    }
    return taught.build();
  }
}
