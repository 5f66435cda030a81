package io.logitflow.classifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sparse products of every provider against dense float64 sums over awkward sizes. */
class SparseKernelsTest {

  private static final String ALL = "io.logitflow.classifier.kernel.KernelChoices#all";
  private static final int[] SIZES = {1, 3, 7, 8, 13, 31, 40, 207};
  private static final int[] ROWS = {0, 1, 2, 9, 37};

  /** {@code [rows, columns]}: about one in four elements is not zero, and some rows are empty. */
  private static double[][] sparse(SplittableRandom random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int row = 0; row < rows; row++) {
      boolean empty = random.nextInt(8) == 0;
      for (int column = 0; column < columns; column++) {
        if (!empty && random.nextInt(4) == 0) {
          matrix[row][column] = (float) (2 * random.nextDouble() - 1);
        }
      }
    }
    return matrix;
  }

  private static double[][] dense(SplittableRandom random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, i -> (float) (2 * random.nextDouble() - 1));
    }
    return matrix;
  }

  private static CsrWeights csr(double[][] matrix, int columns) {
    int[] starts = new int[matrix.length + 1];
    int[] indices = new int[matrix.length * columns];
    double[] values = new double[indices.length];
    int count = 0;
    for (int row = 0; row < matrix.length; row++) {
      for (int column = columns - 1; column >= 0; column--) {
        if (matrix[row][column] != 0) {
          indices[count] = column;
          values[count++] = matrix[row][column];
        }
      }
      starts[row + 1] = count;
    }
    return new CsrWeights(
        columns, starts, Arrays.copyOf(indices, count), Arrays.copyOf(values, count));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static float[] flat(double[][] matrix) {
    return floats(Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray());
  }

  private static double[][] transposed(double[][] matrix, int columns) {
    double[][] transposed = new double[columns][matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column][row] = matrix[row][column];
      }
    }
    return transposed;
  }

  private static void assertProduct(
      float[] output, double[][] input, double[][] weight, double[] bias) {
    float[] expected = new float[bias.length];
    for (int row = 0; row < input.length; row++) {
      for (int k = 0; k < bias.length; k++) {
        double sum = bias[k];
        for (int i = 0; i < input[row].length; i++) {
          sum += input[row][i] * weight[k][i];
        }
        expected[k] = (float) sum;
      }
      assertArrayEquals(
          expected,
          Arrays.copyOfRange(output, row * bias.length, (row + 1) * bias.length),
          0x1p-24f * (8 + input[row].length),
          "row %d, %d outputs, %d inputs".formatted(row, bias.length, input[row].length));
    }
    assertThat(Arrays.copyOfRange(output, input.length * bias.length, output.length))
        .containsOnly(7f);
  }

  private static float[] filled(int length) {
    float[] output = new float[length];
    Arrays.fill(output, 7f);
    return output;
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sparseWeightsGiveTheDenseProduct(KernelChoice choice) {
    SplittableRandom random = new SplittableRandom(6);
    for (int inputs : SIZES) {
      for (int outputs : SIZES) {
        double[][] weight = sparse(random, outputs, inputs);
        double[] bias = dense(random, 1, outputs)[0];
        LinearKernel kernel = Kernels.of(choice).sparseLinear(csr(weight, inputs), bias);
        for (int rows : ROWS) {
          double[][] input = dense(random, rows, inputs);
          float[] output = filled(rows * outputs + 9);
          kernel.multiply(flat(input), rows, output);
          assertProduct(output, input, weight, bias);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sparseInputGivesTheDenseProduct(KernelChoice choice) {
    SplittableRandom random = new SplittableRandom(7);
    for (int inputs : SIZES) {
      for (int outputs : SIZES) {
        double[][] weight = dense(random, outputs, inputs);
        double[] bias = dense(random, 1, outputs)[0];
        SparseInputKernel kernel =
            Kernels.of(choice).sparseInput(flat(transposed(weight, inputs)), bias, outputs, inputs);
        for (int rows : ROWS) {
          double[][] input = sparse(random, Math.max(1, rows), inputs);
          CsrWeights records = csr(input, inputs);
          float[] output = filled(rows * outputs + 9);
          kernel.multiply(
              records.starts(), records.columns(), floats(records.values()), rows, output);
          assertProduct(output, Arrays.copyOf(input, rows), weight, bias);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sparseInputAndWeightsGiveTheDenseProduct(KernelChoice choice) {
    SplittableRandom random = new SplittableRandom(9);
    for (int inputs : SIZES) {
      for (int outputs : SIZES) {
        double[][] weight = sparse(random, outputs, inputs);
        double[] bias = dense(random, 1, outputs)[0];
        SparseInputKernel kernel = Kernels.of(choice).sparseInput(csr(weight, inputs), bias);
        for (int rows : ROWS) {
          double[][] input = sparse(random, Math.max(1, rows), inputs);
          CsrWeights records = csr(input, inputs);
          float[] output = filled(rows * outputs + 9);
          kernel.multiply(
              records.starts(), records.columns(), floats(records.values()), rows, output);
          assertProduct(output, Arrays.copyOf(input, rows), weight, bias);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void rowDoesNotDependToTheBitOnTheRowsAroundIt(KernelChoice choice) {
    SplittableRandom random = new SplittableRandom(8);
    int inputs = 50;
    int outputs = 21;
    LinearKernel kernel =
        Kernels.of(choice)
            .sparseLinear(csr(sparse(random, outputs, inputs), inputs), new double[outputs]);
    float[] input = flat(dense(random, 40, inputs));
    float[] together = new float[40 * outputs];
    kernel.multiply(input, 40, together);
    for (int row = 0; row < 40; row++) {
      float[] alone = new float[outputs];
      kernel.multiply(Arrays.copyOfRange(input, row * inputs, (row + 1) * inputs), 1, alone);
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * outputs, (row + 1) * outputs));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void valuesOfEqualFeaturesAddUp(KernelChoice choice) {
    float[] output = new float[2];
    Kernels.of(choice)
        .sparseInput(new float[] {1, 2, 3, 4}, new double[] {10, 20}, 2, 2)
        .multiply(new int[] {0, 3}, new int[] {1, 0, 1}, new float[] {1, 1, 2}, 1, output);
    assertThat(output).containsExactly(20, 34);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void recordsThatPointToNothingAreRefused(KernelChoice choice) {
    SparseInputKernel kernel = Kernels.of(choice).sparseInput(new float[6], new double[2], 2, 3);
    float[] output = new float[4];
    assertThatThrownBy(
            () -> kernel.multiply(new int[] {0, 1}, new int[] {3}, new float[1], 1, output))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("element 0 is in column 3, expected 0 to 2");
    assertThatThrownBy(
            () -> kernel.multiply(new int[] {0, 1}, new int[] {-1}, new float[1], 1, output))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.multiply(new int[] {0, 2}, new int[2], new float[1], 1, output))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0 has elements from 0 to 2, expected a range within 1 elements");
    assertThatThrownBy(
            () -> kernel.multiply(new int[] {0, 1, 0}, new int[2], new float[2], 2, output))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.multiply(new int[] {1, 1}, new int[2], new float[2], 1, output))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.multiply(new int[1], new int[0], new float[0], 1, output))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.multiply(new int[4], new int[0], new float[0], 3, output))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void impossibleShapesAreRefused(KernelChoice choice) {
    Kernels kernels = Kernels.of(choice);
    assertThatThrownBy(() -> kernels.sparseInput(new float[5], new double[2], 2, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernels.sparseInput(new float[6], new double[3], 2, 3))
        .isInstanceOf(IllegalArgumentException.class);
    CsrWeights weight = new CsrWeights(3, new int[] {0, 1}, new int[] {2}, new double[1]);
    assertThatThrownBy(() -> kernels.sparseLinear(weight, new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernels.sparseInput(weight, new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CsrWeights(3, new int[] {0, 1}, new int[] {3}, new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CsrWeights(3, new int[] {0, 1}, new int[] {2, 2}, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows end at element 1, with 2 columns and 2 values; expected equal numbers");
    assertThatThrownBy(() -> new CsrWeights(0, new int[] {0, 0}, new int[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
