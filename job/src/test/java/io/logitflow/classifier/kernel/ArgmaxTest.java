package io.logitflow.classifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgmaxTest {

  @Test
  void givesTheIndexWithinTheRange() {
    assertThat(Argmax.argmax(new float[] {9, 1, 3, 2, 9}, 1, 3)).isEqualTo(1);
  }

  @Test
  void givesTheSmallestIndexAmongEqualValues() {
    assertThat(Argmax.argmax(new float[] {1, 7, 3, 7, 7}, 0, 5)).isEqualTo(1);
  }

  @Test
  void givesZeroForZerosOfEitherSign() {
    assertThat(Argmax.argmax(new float[] {-0f, 0f}, 0, 2)).isZero();
  }
}
