package io.logitflow.classifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.ReferenceRows;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider against exact values (mpmath), and what all of them promise. */
class KernelsTest {

  private static final String ALL = "io.logitflow.classifier.kernel.KernelChoices#all";

  private static JsonNode golden(String section) throws IOException {
    try (InputStream in = ReferenceRows.resource("golden.json").openStream()) {
      return new ObjectMapper().readTree(in).get(section);
    }
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).doubleValue());
    return values;
  }

  /** Concatenates the rows of a matrix. */
  private static double[] flat(JsonNode rows) {
    double[] values = new double[0];
    for (JsonNode row : rows) {
      double[] next = doubles(row);
      values = Arrays.copyOf(values, values.length + next.length);
      System.arraycopy(next, 0, values, values.length - next.length, next.length);
    }
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static void assertSoftmax(
      Kernels kernels, String name, double[] logits, double temperature, double[] expected) {
    float[] values = floats(logits);
    double roundingOfLogits = 0;
    for (int i = 0; i < values.length; i++) {
      roundingOfLogits = Math.max(roundingOfLogits, Math.abs(values[i] - logits[i]) / temperature);
    }
    kernels.softmax(values, 1, values.length, temperature);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i])
          .as("%s, T %s, class %d", name, temperature, i)
          .isCloseTo(expected[i], within(1e-6 + (1e-5 + 2 * roundingOfLogits) * expected[i]));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void softmaxGivesTheExactProbabilities(KernelChoice choice) throws IOException {
    for (JsonNode c : golden("softmax")) {
      assertSoftmax(
          Kernels.of(choice), c.get("name").asText(), doubles(c.get("z")), 1, doubles(c.get("p")));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void softmaxWithTemperatureGivesTheExactProbabilities(KernelChoice choice) throws IOException {
    for (JsonNode c : golden("temperature_softmax")) {
      assertSoftmax(
          Kernels.of(choice),
          c.get("name").asText(),
          doubles(c.get("z")),
          c.get("T").doubleValue(),
          doubles(c.get("p")));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void linearGivesTheExactLogits(KernelChoice choice) throws IOException {
    JsonNode linear = golden("linear");
    int outputs = linear.get("W").size();
    int inputs = linear.get("W").get(0).size();
    int rows = linear.get("X").size();
    float[] logits = new float[rows * outputs];
    Kernels.of(choice)
        .linear(flat(linear.get("W")), doubles(linear.get("b")), outputs, inputs)
        .multiply(floats(flat(linear.get("X"))), rows, logits);
    double[] expected = flat(linear.get("z"));
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) logits[i]).isCloseTo(expected[i], within(5e-6));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void softmaxOfExtremeFiniteLogitsPutsAllOnTheLargest(KernelChoice choice) {
    for (int classes : new int[] {2, 3, 10, 17, 33, 70}) {
      float[] values = new float[classes];
      Arrays.fill(values, -3e38f);
      values[classes - 1] = 3e38f;
      Kernels.of(choice).softmax(values, 1, classes, 0.1);
      assertThat(values[classes - 1]).isEqualTo(1f);
      assertThat(values[0]).isZero();
      Arrays.fill(values, 3e38f);
      Kernels.of(choice).softmax(values, 1, classes, 10);
      assertThat(values[0]).isCloseTo(1f / classes, within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void probabilitiesAreThoseOfFloat64AndSumToOne(KernelChoice choice) {
    SplittableRandom random = new SplittableRandom(3);
    for (int classes : new int[] {2, 3, 7, 8, 9, 13, 31, 33, 207, 2046}) {
      double[] logits = new double[classes];
      Arrays.setAll(logits, i -> (float) (40 * random.nextDouble() - 20));
      double max = Arrays.stream(logits).max().orElseThrow();
      double total = Arrays.stream(logits).map(z -> Math.exp((z - max) / 2)).sum();
      float[] values = floats(logits);
      Kernels.of(choice).softmax(values, 1, classes, 2);
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        double expected = Math.exp((logits[i] - max) / 2) / total;
        assertThat((double) values[i]).isCloseTo(expected, within(1e-5 * expected + 1e-30));
        sum += values[i];
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void rowDoesNotDependToTheBitOnTheRowsAroundIt(KernelChoice choice) {
    SplittableRandom random = new SplittableRandom(4);
    for (int[] shape : new int[][] {{3, 5}, {32, 4}, {40, 11}, {64, 10}, {300, 37}, {784, 10}}) {
      int inputs = shape[0];
      int outputs = shape[1];
      int rows = 9;
      LinearKernel linear =
          Kernels.of(choice)
              .linear(
                  random.doubles((long) inputs * outputs, -1, 1).toArray(),
                  random.doubles(outputs, -1, 1).toArray(),
                  outputs,
                  inputs);
      float[] features = floats(random.doubles((long) rows * inputs, -1, 1).toArray());
      float[] together = new float[rows * outputs];
      linear.multiply(features, rows, together);
      float[] logits = together.clone();
      Kernels.of(choice).softmax(together, rows, outputs, 0.7);
      for (int row = 0; row < rows; row++) {
        float[] alone = new float[outputs];
        linear.multiply(Arrays.copyOfRange(features, row * inputs, (row + 1) * inputs), 1, alone);
        assertThat(alone).isEqualTo(Arrays.copyOfRange(logits, row * outputs, (row + 1) * outputs));
        Kernels.of(choice).softmax(alone, 1, outputs, 0.7);
        assertThat(alone)
            .isEqualTo(Arrays.copyOfRange(together, row * outputs, (row + 1) * outputs));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void nothingIsWrittenBeyondTheRows(KernelChoice choice) {
    for (int[] shape : new int[][] {{3, 2}, {32, 4}, {33, 3}, {8, 10}, {784, 10}, {5, 40}}) {
      for (int rows = 1; rows <= 7; rows++) {
        float[] output = new float[rows * shape[1] + 40];
        Arrays.fill(output, 7f);
        Kernels.of(choice)
            .linear(new double[shape[0] * shape[1]], new double[shape[1]], shape[1], shape[0])
            .multiply(new float[rows * shape[0]], rows, output);
        Kernels.of(choice).softmax(output, rows, shape[1], 1);
        assertThat(Arrays.copyOfRange(output, rows * shape[1], output.length)).containsOnly(7f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void valuesBeyondTheRowsAreNotRead(KernelChoice choice) {
    for (int[] shape : new int[][] {{3, 2}, {32, 4}, {33, 3}, {8, 10}, {795, 10}, {5, 40}}) {
      float[] input = new float[2 * shape[0] + 40];
      Arrays.fill(input, 2 * shape[0], input.length, Float.NaN);
      float[] output = new float[2 * shape[1]];
      Kernels.of(choice)
          .linear(new double[shape[0] * shape[1]], new double[shape[1]], shape[1], shape[0])
          .multiply(input, 2, output);
      assertThat(output).containsOnly(0f);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void allFiniteFindsOneBadValueAnywhere(KernelChoice choice) {
    Kernels kernels = Kernels.of(choice);
    for (int length : new int[] {1, 3, 7, 8, 13, 31, 32, 33, 207}) {
      float[] values = new float[length + 2];
      values[0] = Float.NaN;
      values[length + 1] = Float.NaN;
      Arrays.fill(values, 1, length + 1, Float.MAX_VALUE);
      assertThat(kernels.allFinite(values, 1, length)).isTrue();
      for (int i = 1; i <= length; i++) {
        for (float bad :
            new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
          values[i] = bad;
          assertThat(kernels.allFinite(values, 1, length)).as("%s at %d", bad, i).isFalse();
        }
        values[i] = -Float.MAX_VALUE;
      }
    }
    assertThat(kernels.allFinite(new float[0], 0, 0)).isTrue();
  }

  /** So whoever looks at the logits need not look at the features, also where a weight is 0. */
  @ParameterizedTest
  @MethodSource(ALL)
  void aFeatureThatIsNotFiniteLeavesNoLogitOfItsRowFinite(KernelChoice choice) {
    for (int[] shape : new int[][] {{3, 2}, {32, 4}, {33, 3}, {8, 10}, {784, 10}, {5, 40}}) {
      int inputs = shape[0];
      int outputs = shape[1];
      LinearKernel linear =
          Kernels.of(choice)
              .linear(new double[inputs * outputs], new double[outputs], outputs, inputs);
      for (int i = 0; i < inputs; i++) {
        for (float bad :
            new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
          float[] input = new float[3 * inputs];
          input[inputs + i] = bad;
          float[] output = new float[3 * outputs];
          linear.multiply(input, 3, output);
          assertThat(Arrays.copyOfRange(output, outputs, 2 * outputs)).containsOnly(Float.NaN);
          assertThat(Arrays.copyOfRange(output, 0, outputs)).containsOnly(0f);
          assertThat(Arrays.copyOfRange(output, 2 * outputs, 3 * outputs)).containsOnly(0f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void shortArraysAreRefused(KernelChoice choice) {
    Kernels kernels = Kernels.of(choice);
    LinearKernel linear = kernels.linear(new double[6], new double[2], 2, 3);
    assertThatThrownBy(() -> linear.multiply(new float[5], 2, new float[4]))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("input holds 5 values, expected at least 2 rows of 3");
    assertThatThrownBy(() -> linear.multiply(new float[6], 2, new float[3]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> kernels.softmax(new float[3], 2, 2, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> kernels.allFinite(new float[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void impossibleShapesAndTemperaturesAreRefused(KernelChoice choice) {
    Kernels kernels = Kernels.of(choice);
    assertThatThrownBy(() -> kernels.linear(new double[5], new double[2], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 weights, expected outputs 2 times inputs 3");
    assertThatThrownBy(() -> kernels.linear(new double[6], new double[3], 2, 3))
        .isInstanceOf(IllegalArgumentException.class);
    for (double temperature : new double[] {0, -1, Double.NaN, 1e-40}) {
      assertThatThrownBy(() -> kernels.softmax(new float[4], 2, 2, temperature))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
