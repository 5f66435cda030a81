package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.kernel.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A low-rank layer with exact results; the resources' README says where they come from. */
class GoldenLowRankTest {

  @ParameterizedTest
  @EnumSource(names = {"SCALAR", "AUTO"})
  void logitsAndProbabilitiesHoldTheContract(KernelChoice kernel) throws Exception {
    JsonNode golden = golden();
    Model model =
        Model.builder()
            .name("low-rank")
            .createdAt(Instant.EPOCH)
            .layers(
                List.of(
                    new LowRankLinearLayer(
                        matrix(golden.get("U")),
                        matrix(golden.get("V")),
                        Optional.of(
                            Tensor.float64(numbers(golden.get("b")), golden.get("b").size())))))
            .build();
    int rows = golden.get("X").size();
    Scores scores = new Scores(rows, model.classCount());
    try (Classifier classifier = Classifiers.load(model, kernel)) {
      double[] features = matrix(golden.get("X")).toDoubles();
      float[] batch = new float[features.length];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = (float) features[i];
      }
      classifier.classify(FeatureBatch.of(batch, rows), scores);
    }
    assertClose(scores.logits(), matrix(golden.get("z")).toDoubles());
    assertClose(scores.probabilities(), matrix(golden.get("p")).toDoubles());
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("value %d", i)
          .isCloseTo(expected[i], within(1e-6 + 1e-5 * Math.abs(expected[i])));
    }
  }

  private static JsonNode golden() throws IOException {
    try (InputStream file = GoldenLowRankTest.class.getResourceAsStream("reference/golden.json")) {
      return new ObjectMapper().readTree(file).get("low_rank_linear");
    }
  }

  private static Tensor matrix(JsonNode rows) {
    int columns = rows.get(0).size();
    double[] values = new double[rows.size() * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i / columns).get(i % columns).doubleValue();
    }
    return Tensor.float64(values, rows.size(), columns);
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).doubleValue();
    }
    return values;
  }
}
