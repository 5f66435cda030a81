package io.logitflow.classifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The activations of every provider against float64, over ranges that do not fill vectors. */
class ActivationsTest {

  private static final String ALL = "io.logitflow.classifier.kernel.KernelChoices#all";
  private static final int[] LENGTHS = {0, 1, 3, 7, 8, 13, 16, 31, 207, 2046, 9001};
  private static final float[] EXTREMES = {
    0f,
    -0f,
    1e-30f,
    -1e-30f,
    0.1f,
    -0.1f,
    43.4f,
    -43.6f,
    87f,
    -87.4f,
    88.8f,
    -89f,
    104f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  private interface Activation {
    void apply(float[] values, int from, int length);
  }

  private static void assertIs(Activation activation, DoubleUnaryOperator expected) {
    SplittableRandom random = new SplittableRandom(5);
    for (int length : LENGTHS) {
      float[] input = new float[length + 2];
      for (int i = 0; i < input.length; i++) {
        input[i] =
            random.nextInt(3) == 0
                ? EXTREMES[random.nextInt(EXTREMES.length)]
                : (float) (40 * random.nextDouble() - 20);
      }
      float[] values = input.clone();
      activation.apply(values, 1, length);
      assertThat(values[0]).isEqualTo(input[0]);
      assertThat(values[length + 1]).isEqualTo(input[length + 1]);
      for (int i = 1; i <= length; i++) {
        assertThat((double) values[i])
            .as("of %s at %d of %d", input[i], i, length)
            .isCloseTo(expected.applyAsDouble(input[i]), within(1e-6));
      }
    }
    float[] undefined = new float[33];
    Arrays.fill(undefined, Float.NaN);
    activation.apply(undefined, 0, undefined.length);
    assertThat(undefined).containsOnly(Float.NaN);
    assertThatThrownBy(() -> activation.apply(new float[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void reluIsZeroForNegativeInput(KernelChoice choice) {
    assertIs(Kernels.of(choice)::relu, x -> x < 0 ? 0 : x);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void leakyReluScalesNegativeInput(KernelChoice choice) {
    Kernels kernels = Kernels.of(choice);
    assertIs(
        (values, from, length) -> kernels.leakyRelu(values, from, length, 0.25f),
        x -> x < 0 ? x / 4 : x);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sigmoidIsThatOfFloat64(KernelChoice choice) {
    assertIs(Kernels.of(choice)::sigmoid, x -> 1 / (1 + Math.exp(-x)));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void tanhIsThatOfFloat64(KernelChoice choice) {
    assertIs(Kernels.of(choice)::tanh, Math::tanh);
  }
}
