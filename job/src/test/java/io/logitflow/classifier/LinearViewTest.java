package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearViewTest {

  @Nested
  class OfTheReference {

    private final JsonNode golden = golden();
    private final LinearView view = view(golden);

    @Test
    void normsAreThoseOfTheRows() {
      double[] expected = vector(golden.get("norms"));
      for (int k = 0; k < expected.length; k++) {
        assertThat(view.norm(k)).isCloseTo(expected[k], within(1e-7));
      }
    }

    @Test
    void distancesToTheHyperplanesAreExact() {
      for (int row = 0; row < golden.get("distance").size(); row++) {
        assertThat(view.distances(row(row)))
            .containsExactly(vector(golden.get("distance").get(row)), within(1e-6));
      }
    }

    @Test
    void distancesToTheBoundariesBetweenClassesAreExactAndAntisymmetric() {
      assertThat(golden.get("pairwise")).isNotEmpty();
      for (JsonNode pair : golden.get("pairwise")) {
        float[] row = row(pair.get("x").intValue());
        int i = pair.get("i").intValue();
        int j = pair.get("j").intValue();
        double expected = pair.get("d").doubleValue();
        assertThat(view.boundaryDistance(row, i, j)).isCloseTo(expected, within(1e-6));
        assertThat(view.boundaryDistance(row, j, i)).isCloseTo(-expected, within(1e-6));
      }
    }

    private float[] row(int row) {
      return floats(vector(golden.get("X").get(row)));
    }
  }

  @Nested
  class OfModelsThatWereTrained {

    @ParameterizedTest
    @ValueSource(
        strings = {"fashion-sgd", "fashion-lbfgs", "digits-sgd", "flights-sgd", "flights-lbfgs"})
    void contributionsSumToTheLogits(String name) throws Exception {
      ReferenceRows reference = ReferenceRows.of(name);
      LinearView view = LinearView.of(reference.model());
      float[] all = reference.features();
      double[][] expected = reference.expected("logits");
      double[] mean = view.mean().orElseGet(() -> means(all, view.featureCount()));
      for (int row = 0; row < ReferenceRows.ROWS; row++) {
        float[] features =
            Arrays.copyOfRange(all, row * view.featureCount(), (row + 1) * view.featureCount());
        Contributions contributions = view.contributions(features, mean);
        double[] logits = new double[view.classCount()];
        for (int k = 0; k < logits.length; k++) {
          logits[k] =
              contributions.logitAtReference(k) + DoubleStream.of(contributions.ofClass(k)).sum();
        }
        assertThat(logits).containsExactly(expected[row], within(1e-5));
        double lead =
            contributions.logitAtReference(0)
                - contributions.logitAtReference(1)
                + DoubleStream.of(contributions.ofMargin(0, 1)).sum();
        assertThat(lead).isCloseTo(expected[row][0] - expected[row][1], within(2e-5));
      }
    }

    @Test
    void atTheMeanOfTheNormaliserOnlyTheBiasIsLeft() throws Exception {
      Model model = ReferenceRows.of("flights-sgd").model();
      LinearView view = LinearView.of(model);
      Contributions contributions =
          view.contributions(new float[view.featureCount()], view.mean().orElseThrow());

      LinearLayer layer = (LinearLayer) model.layers().get(0);
      double[] bias = layer.bias().orElseThrow().toDoubles();
      for (int k = 0; k < bias.length; k++) {
        assertThat(contributions.logitAtReference(k)).isCloseTo(bias[k], within(1e-9));
      }
    }
  }

  @Nested
  class WithANormaliser {

    @Test
    void weightsAreOfTheRawFeaturesAndTemplatesAreTheRowsOfW() throws Exception {
      LinearView view =
          LinearView.of(TestingModels.builder().normaliser(TestingModels.normaliser()).build());

      assertThat(view.weights(0)).containsExactly(2, -2, 0.25);
      assertThat(view.template(0)).containsExactly(1, -2, 0.5);
      assertThat(view.mean()).hasValueSatisfying(mean -> assertThat(mean).containsExactly(1, 2, 3));
      // 0.5 - 1 * 1 / 0.5 + 2 * 2 - 0.5 * 3 / 2
      assertThat(view.bias(0)).isEqualTo(1.75);
    }
  }

  @Nested
  class WithoutANormaliser {

    @Test
    void theTemplateIsTheWeights() throws Exception {
      LinearView view = LinearView.of(TestingModels.builder().build());

      assertThat(view.mean()).isEmpty();
      assertThat(view.template(1)).containsExactly(view.weights(1));
    }
  }

  @Test
  void classWithoutWeightsHasNoHyperplane() throws Exception {
    LinearView view = view(new float[] {0, 0, 3, 4}, new float[] {1, 5});
    float[] record = {1, 1};

    assertThat(view.norm(0)).isZero();
    assertThat(view.distances(record)).containsExactly(Double.NaN, 12 / 5.0);
  }

  @Test
  void classesOfEqualWeightsHaveNoBoundary() throws Exception {
    LinearView view = view(new float[] {3, 4, 3, 4}, new float[] {1, 2});

    assertThat(view.boundaryDistance(new float[] {1, 1}, 0, 1)).isNaN();
  }

  @Test
  void normsOfTinyWeightsDoNotVanish() throws Exception {
    LinearView view =
        LinearView.of(
            TestingModels.builder()
                .layers(
                    List.of(
                        LinearLayer.withoutBias(
                            Tensor.float64(new double[] {3e-200, 4e-200, 1, 1}, 2, 2))))
                .build());

    assertThat(view.norm(0)).isCloseTo(5e-200, within(1e-213));
  }

  @Test
  void recordOfAnotherLengthIsRefused() throws Exception {
    LinearView view = LinearView.of(TestingModels.builder().build());

    assertThatThrownBy(() -> view.logits(new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the record has 2 features, expected 3");
    assertThatThrownBy(() -> view.contributions(new float[4], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the record has 4 features, expected 3");
  }

  private static LinearView view(float[] weights, float[] bias) throws InvalidModelException {
    return LinearView.of(
        TestingModels.builder()
            .layers(List.of(LinearLayer.of(Tensor.float32(weights, 2, 2), Tensor.float32(bias, 2))))
            .build());
  }

  private static LinearView view(JsonNode golden) {
    double[] weights =
        ReferenceRows.values(golden.get("W"))
            .flatMapToDouble(row -> DoubleStream.of(vector(row)))
            .toArray();
    double[] bias = vector(golden.get("b"));
    try {
      return LinearView.of(
          TestingModels.builder()
              .layers(
                  List.of(
                      LinearLayer.of(
                          Tensor.float64(weights, bias.length, weights.length / bias.length),
                          Tensor.float64(bias, bias.length))))
              .build());
    } catch (InvalidModelException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode golden() {
    try (InputStream in = ReferenceRows.resource("hyperplane-distance.json").openStream()) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] vector(JsonNode array) {
    return ReferenceRows.values(array).mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] means(float[] rows, int features) {
    double[] means = new double[features];
    for (int i = 0; i < rows.length; i++) {
      means[i % features] += (double) rows[i] * features / rows.length;
    }
    return means;
  }
}
