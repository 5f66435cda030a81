package io.logitflow.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The model files of other programs, and what they must give: the README beside them says where
 * they come from.
 */
public final class ExpectedRows {

  private static final String FOLDER = "/io/logitflow/classifier/files/";

  private final JsonNode expected;

  private ExpectedRows(JsonNode expected) {
    this.expected = expected;
  }

  /** What the file of a model must give, e.g. {@code sklearn-digits}. */
  public static ExpectedRows of(String model) throws IOException {
    try (InputStream in =
        ExpectedRows.class.getResourceAsStream(FOLDER + model + ".expected.json")) {
      return new ExpectedRows(new ObjectMapper().readTree(in));
    }
  }

  /** Copies a file. */
  public static Path copy(String file, Path folder) throws IOException {
    Path copy = folder.resolve(file);
    try (InputStream in = ExpectedRows.class.getResourceAsStream(FOLDER + file)) {
      Files.copy(in, copy);
    }
    return copy;
  }

  /** Checks that a model gives the probabilities within the numerics contract. */
  public void assertGivenBy(Model model, KernelChoice choice) throws InvalidModelException {
    JsonNode rows = expected.get("inputs");
    int features = model.featureCount();
    float[] inputs = new float[rows.size() * features];
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.get(row)).hasSize(features);
      for (int i = 0; i < features; i++) {
        inputs[row * features + i] = (float) rows.get(row).get(i).doubleValue();
      }
    }
    Scores scores = new Scores(rows.size(), model.classCount());
    try (Classifier classifier = Classifiers.load(model, choice)) {
      classifier.classify(FeatureBatch.of(inputs, rows.size()), scores);
    }
    for (int row = 0; row < rows.size(); row++) {
      JsonNode probabilities = expected.get("probabilities").get(row);
      assertThat(probabilities).hasSize(model.classCount());
      double largest = 0;
      for (int k = 0; k < probabilities.size(); k++) {
        double probability = probabilities.get(k).doubleValue();
        largest = Math.max(largest, probability);
        assertThat((double) scores.probabilities()[row * model.classCount() + k])
            .as("row %d, class %d", row, k)
            .isCloseTo(probability, within(1e-6 + 1e-5 * probability));
      }
      assertThat(probabilities.get(scores.labels()[row]).doubleValue())
          .isCloseTo(largest, within(1e-5));
    }
  }
}
