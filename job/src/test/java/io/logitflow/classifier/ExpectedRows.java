package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.kernel.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/**
 * Rows and what PyTorch or NumPy makes of them in float64 with the weights of a file: the README
 * beside the files says where they come from.
 *
 * @param inputs {@code [rows, features]}
 * @param probabilities {@code [rows, classes]}
 */
public record ExpectedRows(double[][] inputs, double[][] probabilities) {

  /** The rows of a model, e.g. {@code mlp-batchnorm}. */
  public static ExpectedRows of(String model) throws IOException {
    try (InputStream file =
        ExpectedRows.class.getResourceAsStream("files/" + model + ".expected.json")) {
      JsonNode expected = new ObjectMapper().readTree(file);
      return new ExpectedRows(
          matrix(expected.get("inputs")), matrix(expected.get("probabilities")));
    }
  }

  private static double[][] matrix(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row ->
                StreamSupport.stream(row.spliterator(), false)
                    .mapToDouble(JsonNode::doubleValue)
                    .toArray())
        .toArray(double[][]::new);
  }

  /** Checks that a model gives the probabilities, within the numerics contract. */
  public void assertGivenBy(Model model, KernelChoice choice) throws InvalidModelException {
    float[] features = new float[inputs.length * model.featureCount()];
    for (int row = 0; row < inputs.length; row++) {
      assertThat(inputs[row]).hasSize(model.featureCount());
      for (int i = 0; i < model.featureCount(); i++) {
        features[row * model.featureCount() + i] = (float) inputs[row][i];
      }
    }
    Scores scores = new Scores(inputs.length, model.classCount());
    try (Classifier classifier = Classifiers.load(model, choice)) {
      classifier.classify(FeatureBatch.of(features, inputs.length), scores);
    }
    for (int row = 0; row < inputs.length; row++) {
      double[] expected = probabilities[row];
      assertThat(model.classCount()).isEqualTo(expected.length);
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) scores.probabilities()[row * expected.length + k])
            .as("row %d, class %d", row, k)
            .isCloseTo(expected[k], within(1e-6 + 1e-5 * expected[k]));
      }
      double largest = Arrays.stream(expected).max().orElseThrow();
      assertThat(expected[scores.labels()[row]]).isCloseTo(largest, within(1e-5));
    }
  }
}
