package io.logitflow.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 0", "0, 5", "2, 9", "11, 4", "10, 10", "40, 19", "400, 350"})
  void isTheTwoSidedBinomialTest(int first, int second) {
    int n = first + second;
    double tail = 0;
    for (int k = 0; k <= Math.min(first, second); k++) {
      tail += Math.exp(logChoose(n, k) - n * Math.log(2));
    }
    assertThat(McNemar.pValue(first, second)).isCloseTo(Math.min(1, 2 * tail), within(1e-10));
  }

  private static double logChoose(int n, int k) {
    double log = 0;
    for (int i = 1; i <= k; i++) {
      log += Math.log(n - k + i) - Math.log(i);
    }
    return log;
  }
}
