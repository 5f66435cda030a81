package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumsTest {

  private static final BigDecimal UNIT =
      BigDecimal.ONE.divide(new BigDecimal(BigInteger.TWO.pow(56)));

  private final Random random = new Random(20260201);

  @Test
  void theSumIsThatOfTheRoundedAddends() {
    ExactSums sums = new ExactSums(1);
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 10_000; i++) {
      double addend = addend();
      sums.add(0, addend);
      expected = expected.add(unscaled(addend));
    }

    assertThat(new BigInteger(sums.unscaled(0))).isEqualTo(expected);
    assertThat(sums.get(0)).isEqualTo(new BigDecimal(expected).multiply(UNIT).doubleValue());
  }

  @Test
  void orderAndGroupingDoNotMatter() {
    List<Double> addends = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      addends.add(addend());
    }
    ExactSums inOrder = sumOf(addends);
    ExactSums left = sumOf(addends.subList(0, 300));
    ExactSums right = sumOf(addends.subList(300, 1000));
    Collections.shuffle(addends, random);
    left.merge(right);

    assertThat(sumOf(addends)).isEqualTo(inOrder);
    assertThat(left).isEqualTo(inOrder).hasSameHashCodeAs(inOrder);
  }

  @Test
  void whatIsSubtractedWasNeverThere() {
    ExactSums sums = new ExactSums(2);
    List<Double> addends = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      addends.add(addend());
    }
    addends.forEach(addend -> sums.add(1, addend));
    Collections.shuffle(addends, random);
    addends.forEach(addend -> sums.subtract(1, addend));

    assertThat(sums.isZero()).isTrue();
    assertThat(sums).isEqualTo(new ExactSums(2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p42, 1e300, Double.POSITIVE_INFINITY})
  void largeAddendsCountAsTheLimit(double addend) {
    ExactSums sums = new ExactSums(1);
    sums.add(0, addend);
    assertThat(sums.get(0)).isEqualTo(0x1p42);

    sums.add(0, -addend);
    assertThat(sums.isZero()).isTrue();
  }

  @Test
  void manyAddendsAtTheLimitFit() {
    ExactSums sums = new ExactSums(1);
    sums.add(0, 1e300);
    for (int i = 0; i < 28; i++) {
      sums.merge(sums.copy());
    }

    assertThat(sums.get(0)).isEqualTo(0x1p70);
  }

  @Test
  void aMillionTenthsAreAMillionTenths() {
    ExactSums sums = new ExactSums(1);
    for (int i = 0; i < 1_000_000; i++) {
      sums.add(0, 0.1);
    }

    assertThat(sums.get(0)).isCloseTo(100_000, within(1e-11));
  }

  @Test
  void nanIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ExactSums(1).add(0, Double.NaN));
  }

  @Test
  void otherNumbersOfSumsAreNotMerged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExactSums(1).merge(new ExactSums(2)))
        .withMessageContaining("2 sums cannot be merged into 1");
  }

  /** Both signs, from far below the resolution to beyond the limit, so that 2^62 is passed. */
  private double addend() {
    return Math.scalb(random.nextDouble() * 2 - 1, random.nextInt(115) - 70);
  }

  private static BigInteger unscaled(double addend) {
    double held = Math.max(-0x1p42, Math.min(0x1p42, addend));
    return new BigDecimal(held).divide(UNIT).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
  }

  private static ExactSums sumOf(List<Double> addends) {
    ExactSums sums = new ExactSums(1);
    addends.forEach(addend -> sums.add(0, addend));
    return sums;
  }
}
