package io.logitflow.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedSequenceTest {

  /** A published example; expected values computed with comparecast's e-process. */
  private static final double[] DIFFERENCES = {.5, -.25, .75, .5, .25, .5, -.5, .75, .5, .25};

  @Test
  void hasTheEValuesOfTheExample() {
    PairedSequence sequence = new PairedSequence(10);
    for (int window = 1; window <= 10; window++) {
      add(sequence, DIFFERENCES);
      double expected =
          switch (window) {
            case 1 -> .331765743;
            case 5 -> 3.745300906;
            case 10 -> 8.404157435;
            default -> sequence.logEValue();
          };
      assertThat(sequence.logEValue()).as("window %d", window).isCloseTo(expected, within(1e-8));
    }
    assertThat(sequence.count()).isEqualTo(100);
    assertThat(sequence.mean()).isEqualTo(.325);
    assertThat(sequence.variance()).isCloseTo(16.11875, within(1e-10));
    assertThat(sequence.logEValueAgainst()).isNegative();
  }

  /** At the end of a sequence at level alpha, S/n = u(V, alpha/2) / n: both ends are there. */
  @Test
  void intervalHoldsTheMeanAndEndsWhereTheEvidenceDoes() {
    PairedSequence sequence = new PairedSequence(100);
    for (int window = 0; window < 10; window++) {
      add(sequence, DIFFERENCES);
    }
    assertThat(sequence.lower()).isGreaterThan(0).isLessThan(sequence.mean());
    assertThat(sequence.upper()).isGreaterThan(sequence.mean()).isLessThanOrEqualTo(1);
    assertThat(sequence.mean() - sequence.lower())
        .isCloseTo(sequence.upper() - sequence.mean(), within(1e-12));
  }

  @Test
  void saysNothingWithoutRecords() {
    PairedSequence sequence = new PairedSequence(100);
    assertThat(sequence.mean()).isNaN();
    assertThat(sequence.lower()).isNaN();
    assertThat(sequence.upper()).isNaN();
    assertThat(sequence.logEValue()).isCloseTo(0, within(1e-9));
  }

  /** 95% of sequences never miss the mean, at all their windows together. */
  @Test
  void missesTheTrueMeanNoMoreOftenThanItSays() {
    Random random = new Random(7);
    int missed = 0;
    for (int run = 0; run < 400; run++) {
      PairedSequence sequence = new PairedSequence(100);
      boolean misses = false;
      for (int window = 0; window < 40; window++) {
        double[] d = new double[50];
        for (int i = 0; i < d.length; i++) {
          d[i] = 0.1 + (random.nextBoolean() ? 0.4 : -0.4);
        }
        add(sequence, d);
        misses |= sequence.lower() > 0.1 || sequence.upper() < 0.1;
      }
      missed += misses ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(20);
  }

  private static void add(PairedSequence sequence, double[] differences) {
    double sum = 0;
    double squares = 0;
    for (double d : differences) {
      sum += d;
      squares += d * d;
    }
    sequence.add(differences.length, sum, squares);
  }
}
