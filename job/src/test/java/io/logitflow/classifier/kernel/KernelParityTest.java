package io.logitflow.classifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vector kernels against the scalar ones over sizes that fill no vector, panel or tile. Arrays are
 * compared by JUnit: AssertJ takes longer for it than the kernels for all products.
 */
class KernelParityTest {

  private static final int[] SIZES = {1, 3, 7, 8, 13, 16, 31, 207, 2046};

  /** Products beyond it teach nothing new, and emulated widths are slow. */
  private static final int LARGEST = 31 * 2046;

  @BeforeEach
  void vectorModule() {
    assumeTrue(KernelChoices.hasVectorModule(), "needs --add-modules=jdk.incubator.vector");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 9})
  void linearAgreesWithScalarForAllShapes(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    for (int inputs : SIZES) {
      for (int outputs : SIZES) {
        if (inputs * outputs <= LARGEST) {
          assertLinearAgrees(random, rows, inputs, outputs);
        }
      }
    }
  }

  /** Blocks of rows and of features, tiles of every height, and classes that fill no panel. */
  @ParameterizedTest
  @CsvSource({
    "5, 20, 250",
    "14, 600, 499",
    "133, 37, 600",
    "511, 9, 250",
    "127, 1030, 241",
    "22, 1045, 51",
    "67, 1100, 7",
    "130, 2100, 4"
  })
  void linearAgreesWithScalarInBlocks(int rows, int inputs, int outputs) {
    assertLinearAgrees(new SplittableRandom(rows), rows, inputs, outputs);
  }

  @ParameterizedTest
  @CsvSource({
    "133, 37, 600",
    "511, 9, 250",
    "127, 1030, 241",
    "22, 1045, 51",
    "67, 1100, 7",
    "130, 2100, 4",
    "9, 31, 16"
  })
  void rowHasTheSameResultsToTheBitInAnyBatch(int rows, int inputs, int outputs) {
    SplittableRandom random = new SplittableRandom(rows);
    double[] weight = random.doubles((long) inputs * outputs, -1, 1).toArray();
    LinearKernel kernel =
        Kernels.of(KernelChoice.VECTOR).linear(weight, new double[outputs], outputs, inputs);
    float[] input = uniform(random, rows * inputs);
    float[] together = new float[rows * outputs];
    kernel.multiply(input, rows, together);
    float[] alone = new float[outputs];
    for (int row = 0; row < rows; row++) {
      kernel.multiply(Arrays.copyOfRange(input, row * inputs, (row + 1) * inputs), 1, alone);
      assertThat(alone)
          .as("row %d", row)
          .isEqualTo(Arrays.copyOfRange(together, row * outputs, (row + 1) * outputs));
    }
  }

  private static float[] uniform(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  /**
   * With inputs and weights uniform in -1 to 1, the sum of i products has the standard deviation
   * sqrt(i) / 3, and each addition rounds by up to 2^-24 of it; over n additions these errors add
   * up, as a random walk, to a standard deviation of 0.14 n 2^-24. Eight of them are allowed.
   */
  private static void assertLinearAgrees(
      SplittableRandom random, int rows, int inputs, int outputs) {
    double[] weight = random.doubles((long) inputs * outputs, -1, 1).toArray();
    double[] bias = random.doubles(outputs, -1, 1).toArray();
    float[] input = uniform(random, rows * inputs);
    float[] scalar = new float[rows * outputs];
    float[] vector = new float[rows * outputs];
    Kernels.of(KernelChoice.SCALAR)
        .linear(weight, bias, outputs, inputs)
        .multiply(input, rows, scalar);
    Kernels.of(KernelChoice.VECTOR)
        .linear(weight, bias, outputs, inputs)
        .multiply(input, rows, vector);
    float tolerance = 0x1p-24f * (8 + 1.1f * inputs);
    String shape = "%d rows, %d inputs, %d outputs".formatted(rows, inputs, outputs);
    assertArrayEquals(scalar, vector, tolerance, shape);
  }

  /** As for the product: the sum of a product has as many terms as there are rows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 9, 250})
  void gradientAgreesWithScalarForAllShapes(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    for (int inputs : SIZES) {
      for (int outputs : new int[] {1, 2, 3, 4, 5, 7, 10, 13}) {
        float[] errors = uniform(random, rows * outputs);
        float[] input = uniform(random, rows * inputs);
        float[] scalar = new float[outputs * inputs + 1];
        scalar[outputs * inputs] = 42;
        float[] vector = scalar.clone();
        Kernels.of(KernelChoice.SCALAR).gradient(errors, input, rows, outputs, inputs, scalar);
        Kernels.of(KernelChoice.VECTOR).gradient(errors, input, rows, outputs, inputs, vector);
        String shape = "%d rows, %d inputs, %d outputs".formatted(rows, inputs, outputs);
        assertArrayEquals(scalar, vector, 0x1p-24f * (8 + 1.1f * rows), shape);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9, 500})
  void softmaxAgreesWithScalarForAllClassCounts(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    for (int classes : SIZES) {
      if (rows * classes <= LARGEST) {
        float[] scalar = new float[rows * classes];
        for (int i = 0; i < scalar.length; i++) {
          scalar[i] = (float) (20 * random.nextDouble() - 10);
        }
        float[] vector = scalar.clone();
        Kernels.of(KernelChoice.SCALAR).softmax(scalar, rows, classes, 1.5);
        Kernels.of(KernelChoice.VECTOR).softmax(vector, rows, classes, 1.5);
        assertArrayEquals(scalar, vector, 2e-6f, "%d rows, %d classes".formatted(rows, classes));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, -1e-8f, -0.34f, -0.35f, -1f, -10f, -50f, -87f, -87.4f, -104f, -1e30f})
  void exponentialIsPreciseOverItsWholeRange(float x) {
    float[] values = new float[40];
    for (int i = 0; i < values.length; i += 2) {
      values[i] = x;
    }
    for (int row = 0; row < values.length / 2; row++) {
      values[2 * row + 1] = 0;
    }
    Kernels.of(KernelChoice.VECTOR).softmax(values, values.length / 2, 2, 1);
    double expected = Math.exp(x) / (1 + Math.exp(x));
    for (int i = 0; i < values.length; i += 2) {
      assertThat((double) values[i]).isCloseTo(expected, within(5e-7 * expected + 2e-38));
    }
  }
}
