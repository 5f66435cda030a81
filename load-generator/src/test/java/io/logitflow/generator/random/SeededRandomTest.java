package io.logitflow.generator.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SeededRandomTest {

  @Test
  void plainSequenceIsSplitMix64() {
    // Reference values of SplitMix64 for the seed 1234567, as published for its C source.
    SeededRandom random = new SeededRandom(1234567);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("4593380528125082431");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("16408922859458223821");
  }

  @Test
  void samePlaceGivesTheSameNumbersWhateverWasDrawnBefore() {
    SeededRandom random = new SeededRandom(7);
    double first = random.at(Purpose.LABEL_DELAY, 3, 14).nextGaussian();
    random.nextGaussian();
    random.at(Purpose.SHUFFLE, 0, 0).nextGaussian();
    assertThat(random.at(Purpose.LABEL_DELAY, 3, 14).nextGaussian()).isEqualTo(first);
  }

  @Test
  void otherSeedPurposePassOrRowGivesOtherNumbers() {
    long number = new SeededRandom(7).at(Purpose.LABEL_DELAY, 3, 14).nextLong();
    assertThat(new SeededRandom(8).at(Purpose.LABEL_DELAY, 3, 14).nextLong()).isNotEqualTo(number);
    assertThat(new SeededRandom(7).at(Purpose.LABEL_SHIFT, 3, 14).nextLong()).isNotEqualTo(number);
    assertThat(new SeededRandom(7).at(Purpose.LABEL_DELAY, 4, 14).nextLong()).isNotEqualTo(number);
    assertThat(new SeededRandom(7).at(Purpose.LABEL_DELAY, 3, 15).nextLong()).isNotEqualTo(number);
  }

  @Test
  void firstNumbersOfConsecutiveRowsAreUniform() {
    SeededRandom random = new SeededRandom(1);
    int[] counts = new int[20];
    int rows = 100_000;
    for (int row = 0; row < rows; row++) {
      counts[(int) (20 * random.at(Purpose.SYNTHETIC_ROW, 0, row).nextDouble())]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += Math.pow(count - rows / 20.0, 2) / (rows / 20.0);
    }
    // 19 degrees of freedom: exceeded once in a million seeds.
    assertThat(chiSquare).isLessThan(63);
  }

  @Test
  void gaussiansHaveTheMomentsOfTheNormalDistribution() {
    SeededRandom random = new SeededRandom(1);
    int draws = 200_000;
    double[] moments = new double[5];
    for (int i = 0; i < draws; i++) {
      double value = random.nextGaussian();
      for (int k = 1; k <= 4; k++) {
        moments[k] += Math.pow(value, k) / draws;
      }
    }
    // Five standard errors each: sqrt(1, 2, 15, 96 / draws).
    assertThat(moments[1]).isCloseTo(0, within(0.0112));
    assertThat(moments[2]).isCloseTo(1, within(0.0159));
    assertThat(moments[3]).isCloseTo(0, within(0.0434));
    assertThat(moments[4]).isCloseTo(3, within(0.11));
  }
}
