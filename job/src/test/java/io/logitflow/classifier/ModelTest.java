package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.output.MultiLabelSigmoid;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {

  private static void assertRefused(Model.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(message);
  }

  private static Model.Builder withLayer(Tensor weight, Tensor bias) {
    return TestingModels.builder().layers(List.of(LinearLayer.of(weight, bias)));
  }

  @Nested
  class Accepted {

    @Test
    void dimensionsComeFromTheLayers() throws InvalidModelException {
      Model model = TestingModels.builder().build();
      assertThat(model.featureCount()).isEqualTo(3);
      assertThat(model.classCount()).isEqualTo(2);
      assertThat(model.classNames()).containsExactly("0", "1");
      assertThat(model.featureNames()).isEmpty();
      assertThat(model.calibrationVersion()).isZero();
    }

    /** Digests by Python's hashlib over the bytes that {@link Checksum} documents. */
    @Test
    void checksumIsThatOfTheDocumentedBytes() throws InvalidModelException {
      assertThat(TestingModels.builder().build().weightsChecksum())
          .isEqualTo(
              HexFormat.of()
                  .parseHex("1937cde53680477eeef4129b6286ab8c364fb9de77a219fcf76c05829f48cddb"));
      Model normalised =
          TestingModels.builder()
              .normaliser(TestingModels.normaliser())
              .layers(List.of(LinearLayer.withoutBias(TestingModels.weight())))
              .build();
      assertThat(normalised.weightsChecksum())
          .isEqualTo(
              HexFormat.of()
                  .parseHex("4ef2061e4bf3fa15e14e0cad01a291fbba5cc5144a3c6937b83b4f1f3c22244c"));
    }

    /** As above. */
    @Test
    void checksumOfAnArtifactIsThatOfTheDocumentedBytes() throws InvalidModelException {
      Model model =
          Model.builder()
              .name("artifact")
              .createdAt(Instant.EPOCH)
              .classNames(List.of("a", "b"))
              .artifact(
                  new Artifact(Artifact.Format.ONNX, List.of(1, 3), true, new byte[] {1, 2, 3}))
              .outputFunction(new MultiLabelSigmoid(0.25))
              .build();
      assertThat(model.weightsChecksum())
          .isEqualTo(
              HexFormat.of()
                  .parseHex("e33067168de75161e425f2b9e740155840547e93d299323fc933c3f781eaf7bb"));
      assertThat(model.featureCount()).isEqualTo(3);
      assertThat(model.goldenRows()).isEmpty();
    }

    @Test
    void checksumIsOfTheWeightsAlone() throws InvalidModelException {
      Model model = TestingModels.builder().build();
      Model other =
          TestingModels.builder()
              .name("other")
              .version(8)
              .classNames(List.of("no", "yes"))
              .calibration(new Calibration(1, 2))
              .build();
      assertThat(other.weightsChecksum()).isEqualTo(model.weightsChecksum());
    }

    @Test
    void changingTheChecksumThatIsGivenOutChangesNothing() throws InvalidModelException {
      Model model = TestingModels.builder().build();
      model.weightsChecksum()[0]++;
      assertThat(model.weightsChecksum())
          .isEqualTo(TestingModels.builder().build().weightsChecksum());
    }

    @Test
    void sampleRowsBecomeGoldenRowsWithProbabilitiesInFloat64() throws InvalidModelException {
      Model model = TestingModels.builder().sampleRows(List.of(new float[] {1, 1, 1})).build();
      GoldenRow last = model.goldenRows().get(model.goldenRows().size() - 1);
      assertThat(last.features()).containsExactly(1, 1, 1);
      // z = (1 - 2 + 0.5 + 0.5, 0.25 + 3 - 0.5) = (0, 2.75)
      double second = 1 / (1 + Math.exp(-2.75));
      assertThat(last.probabilities()[1]).isCloseTo(second, within(1e-15));
    }

    @Test
    void generatedGoldenRowsAreTheSameEveryTime() throws InvalidModelException {
      assertThat(TestingModels.builder().build().goldenRows())
          .isNotEmpty()
          .isEqualTo(TestingModels.builder().build().goldenRows());
    }

    @Test
    void anotherCalibrationKeepsTheWeightsAndTheInputsOfTheGoldenRows()
        throws InvalidModelException {
      Model model = TestingModels.builder().sampleRows(List.of(new float[] {1, 1, 1})).build();
      Model calibrated =
          model.withCalibration(new Calibration(3, 2.0), 9, Instant.ofEpochMilli(1000), Map.of());
      assertThat(calibrated.weightsChecksum()).isEqualTo(model.weightsChecksum());
      assertThat(calibrated.version()).isEqualTo(9);
      assertThat(calibrated.calibrationVersion()).isEqualTo(3);
      assertThat(calibrated.provenance().origin()).isEqualTo("calibration");
      assertThat(calibrated.provenance().parentVersion()).isEqualTo(OptionalLong.of(7));
      GoldenRow last = calibrated.goldenRows().get(calibrated.goldenRows().size() - 1);
      assertThat(last.features()).containsExactly(1, 1, 1);
      assertThat(last.probabilities()[1]).isCloseTo(1 / (1 + Math.exp(-1.375)), within(1e-15));
    }

    @Test
    void biasesReachTheGoldenRowsAndTheirEvidenceTheProvenance() throws InvalidModelException {
      Model model =
          TestingModels.builder()
              .sampleRows(List.of(new float[] {1, 1, 1}))
              .provenance(Provenance.ofImport("file", Map.of("seed", "1", "nll", "0.3")))
              .build();
      Model calibrated =
          model.withCalibration(
              new Calibration(1, 2, new double[] {1.5, 0}),
              9,
              Instant.ofEpochMilli(1000),
              Map.of("nll", "0.2", "labels", "5000"));
      assertThat(calibrated.provenance().details())
          .containsOnly(
              Map.entry("seed", "1"), Map.entry("nll", "0.2"), Map.entry("labels", "5000"));
      assertThat(calibrated.provenance().source()).isEqualTo("file");
      GoldenRow last = calibrated.goldenRows().get(calibrated.goldenRows().size() - 1);
      // z / 2 + b = (1.5, 1.375)
      assertThat(last.probabilities()[0]).isCloseTo(1 / (1 + Math.exp(-0.125)), within(1e-15));
      assertThat(calibrated).isNotEqualTo(model.withVersion(9));
    }

    @Test
    void calibrationsAreEqualByVersionTemperatureAndBiases() {
      Calibration calibration = new Calibration(1, 2, new double[] {1, 0});
      assertThat(calibration)
          .isEqualTo(new Calibration(1, 2, new double[] {1, 0}))
          .hasSameHashCodeAs(new Calibration(1, 2, new double[] {1, 0}))
          .isNotEqualTo(new Calibration(2, 2, new double[] {1, 0}))
          .isNotEqualTo(new Calibration(1, 3, new double[] {1, 0}))
          .isNotEqualTo(new Calibration(1, 2, new double[] {0, 1}))
          .isNotEqualTo(new Calibration(1, 2));
      assertThat(calibration.hasParametersOf(new Calibration(7, 2, new double[] {1, 0}))).isTrue();
      assertThat(calibration.withTemperature(3))
          .isEqualTo(new Calibration(2, 3, new double[] {1, 0}));
      calibration.biases()[0] = 9;
      assertThat(calibration.biases()).containsExactly(1, 0);
    }

    @Test
    void anotherVersionNumberIsTheSameModelOtherwise() throws InvalidModelException {
      Model model =
          TestingModels.builder().provenance(Provenance.ofImport("x", Map.of("a", "b"))).build();
      assertThat(model.withVersion(8).withVersion(7)).isEqualTo(model);
      assertThatThrownBy(() -> model.withVersion(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Refused {

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "ä"})
    void nameThatIsNotOne(String name) {
      assertRefused(TestingModels.builder().name(name), "model name is \"" + name + "\"");
    }

    @Test
    void versionBelowOne() {
      assertRefused(TestingModels.builder().version(0), "version is 0, expected at least 1");
    }

    @Test
    void noLayers() {
      assertRefused(TestingModels.builder().layers(List.of()), "layers is empty");
    }

    @Test
    void weightThatIsNoMatrix() {
      assertRefused(
          withLayer(Tensor.float32(new float[6], 6), Tensor.float32(new float[2], 2)),
          "layers[0].weight has shape [6], expected [outputs, inputs]");
    }

    @Test
    void biasOfAnotherLength() {
      assertRefused(
          withLayer(TestingModels.weight(), Tensor.float32(new float[3], 3)),
          "layers[0].bias has shape [3], expected [2]");
    }

    @Test
    void weightThatIsNotFinite() {
      assertRefused(
          withLayer(
              Tensor.float32(new float[] {0, 0, 0, 0, Float.NaN, 0}, 2, 3),
              Tensor.float32(new float[2], 2)),
          "layers[0].weight holds NaN at element 4 of 6");
      assertRefused(
          withLayer(
              TestingModels.weight(),
              Tensor.float64(new double[] {0, Double.NEGATIVE_INFINITY}, 2)),
          "layers[0].bias holds -Infinity at element 1 of 2");
    }

    @Test
    void layersThatDoNotFit() {
      LinearLayer layer = LinearLayer.withoutBias(TestingModels.weight());
      assertRefused(
          TestingModels.builder().layers(List.of(layer, layer)),
          "layers[1] of type LINEAR takes 3 inputs, expected 2, the outputs of layers[0]");
    }

    @Test
    void oneClass() {
      assertRefused(
          withLayer(Tensor.float32(new float[3], 1, 3), Tensor.float32(new float[1], 1)),
          "expected at least 2 classes");
    }

    @Test
    void classNamesThatAreTooManyOrEqualOrBlank() {
      assertRefused(
          TestingModels.builder().classNames(List.of("a", "b", "c")),
          "classNames has 3 elements, expected 2");
      assertRefused(
          TestingModels.builder().classNames(List.of("a", "a")),
          "classNames[1] is \"a\" like classNames[0], expected different names");
      assertRefused(
          TestingModels.builder().classNames(List.of("a", " ")), "classNames[1] is blank");
    }

    @Test
    void featureNamesThatAreTooFew() {
      assertRefused(
          TestingModels.builder().featureNames(List.of("a")),
          "featureNames has 1 elements, expected 3");
    }

    @Test
    void normaliserThatDividesByZero() {
      assertRefused(
          TestingModels.builder()
              .normaliser(
                  new Normaliser(
                      Tensor.float64(new double[3], 3), Tensor.float64(new double[] {1, 0, 1}, 3))),
          "normaliser.scale[1] is 0.0, expected a number above 0");
    }

    @Test
    void normaliserOfAnotherLength() {
      assertRefused(
          TestingModels.builder()
              .normaliser(
                  new Normaliser(
                      Tensor.float64(new double[2], 2), Tensor.float64(new double[3], 3))),
          "normaliser.mean has shape [2], expected [3]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-9})
    void temperatureOutOfRange(double temperature) {
      assertRefused(
          TestingModels.builder().calibration(new Calibration(1, temperature)),
          "calibration.temperature is " + temperature);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1.1e6, -1.1e6})
    void biasOutOfRange(double bias) {
      assertRefused(
          TestingModels.builder().calibration(new Calibration(1, 1, new double[] {0, bias})),
          "calibration.biases[1] is %s, expected -1000000.0 to 1000000.0".formatted(bias));
    }

    @Test
    void biasesOfAnotherNumberOfClasses() {
      assertRefused(
          TestingModels.builder().calibration(new Calibration(1, 1, new double[3])),
          "calibration.biases has 3 elements, expected 2");
    }

    @Test
    void biasesUnderTheVersionOfTheIdentity() {
      assertRefused(
          TestingModels.builder().calibration(new Calibration(0, 1, new double[] {0, 1})),
          "calibration.version is 0, expected at least 1");
    }

    @Test
    void checksumOfOtherWeights() {
      assertRefused(
          TestingModels.builder().expectedChecksum(new byte[32]), "weightsChecksum is 0000");
    }

    @Test
    void goldenRowOfAnotherLength() {
      assertRefused(
          TestingModels.builder()
              .goldenRows(List.of(new GoldenRow(new float[2], new double[] {0.5, 0.5}))),
          "goldenRows[0].features has 2 elements, expected 3");
      assertRefused(
          TestingModels.builder()
              .goldenRows(List.of(new GoldenRow(new float[3], new double[] {0.5, Double.NaN}))),
          "goldenRows[0].probabilities[1] is NaN, expected 0 to 1");
    }
  }
}
