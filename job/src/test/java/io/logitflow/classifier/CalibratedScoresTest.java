package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.KernelChoices;
import io.logitflow.classifier.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bias-corrected temperature scaling before a softmax, by all that serves it. */
class CalibratedScoresTest {

  private static final int[] BATCHES = {1, 3, 64};

  /**
   * Exact values.
   *
   * @param z logits, float32
   * @param t temperature
   * @param b biases
   * @param p probabilities
   */
  @SuppressWarnings("ArrayRecordComponent") // Not compared.
  record Case(String name, double[] z, double t, double[] b, double[] p, int label) {

    float[] features(int rows) {
      float[] features = new float[rows * z.length];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) z[i % z.length];
      }
      return features;
    }

    Calibration calibration() {
      return new Calibration(1, t, b);
    }

    /** Its logits are its features. */
    Model model() throws InvalidModelException {
      float[] identity = new float[z.length * z.length];
      for (int k = 0; k < z.length; k++) {
        identity[k * z.length + k] = 1;
      }
      return Model.builder()
          .name("identity")
          .createdAt(Instant.EPOCH)
          .layers(List.of(LinearLayer.withoutBias(Tensor.float32(identity, z.length, z.length))))
          .calibration(calibration())
          .build();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Its logits are its features. */
  private record TestingNetwork(int classes) implements Network {
    @Override
    public void run(float[] features, int rows, float[] output) {
      System.arraycopy(features, 0, output, 0, rows * classes);
    }

    @Override
    public void close() {}
  }

  static Stream<Case> cases() {
    try (InputStream in =
        Model.class.getResourceAsStream(
            "/io/logitflow/classifier/reference/bias-corrected-softmax.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
          .map(
              c ->
                  new Case(
                      c.get("name").textValue(),
                      numbers(c.get("z")),
                      c.get("T").doubleValue(),
                      numbers(c.get("b")),
                      numbers(c.get("p")),
                      c.get("label").intValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  static Stream<Arguments> casesAndKernels() {
    return cases().flatMap(c -> KernelChoices.all().map(kernel -> Arguments.of(c, kernel)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("casesAndKernels")
  void kernelsGiveTheExactProbabilitiesAndLabels(Case c, KernelChoice kernel)
      throws InvalidModelException {
    Classifier classifier = Classifiers.load(c.model(), kernel);

    assertThat(classifier).isInstanceOf(NetworkClassifier.class);
    assertScores(classifier, c);
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("casesAndKernels")
  void networksOfOtherProgramsGetTheSameCalibration(Case c, KernelChoice kernel)
      throws InvalidModelException {
    Model model =
        Model.builder()
            .name("artifact")
            .createdAt(Instant.EPOCH)
            .classNames(c.model().classNames())
            .artifact(
                new Artifact(Artifact.Format.ONNX, List.of(c.z().length), false, new byte[] {1}))
            .calibration(c.calibration())
            .build();

    assertScores(
        new ArtifactClassifier(model, new TestingNetwork(c.z().length), Kernels.of(kernel)), c);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void float64GivesTheExactProbabilitiesAndLabels(Case c) throws InvalidModelException {
    Model model = c.model();

    assertScores(new Float64Classifier(FoldedNetwork.of(model), model), c);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theReferenceThatGoldenRowsAreMadeWithIsExact(Case c) throws InvalidModelException {
    double[] probabilities = new Float64Reference(c.model()).probabilities(c.features(1));

    for (int k = 0; k < probabilities.length; k++) {
      assertThat(probabilities[k]).isCloseTo(c.p()[k], within(1e-9 * c.p()[k] + 1e-15));
    }
  }

  private static void assertScores(Classifier classifier, Case c) {
    int classes = c.z().length;
    float[] logits = new float[classes];
    for (int k = 0; k < classes; k++) {
      logits[k] = (float) c.z()[k];
    }
    for (int rows : BATCHES) {
      Scores scores = new Scores(rows, classes);
      classifier.classify(FeatureBatch.of(c.features(rows), rows), scores);
      for (int row = 0; row < rows; row++) {
        int from = row * classes;
        assertArrayEquals(logits, Arrays.copyOfRange(scores.logits(), from, from + classes));
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          double probability = scores.probabilities()[from + k];
          assertEquals(c.p()[k], probability, 1e-6 + 1e-5 * c.p()[k]);
          sum += probability;
        }
        assertEquals(1, sum, 1e-6);
        assertEquals(c.label(), scores.labels()[row]);
      }
    }
  }
}
