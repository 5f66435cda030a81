package io.logitflow.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordLedgerTest {
  private final RecordLedger ledger = new RecordLedger();

  @Test
  void joinsPredictionsAndLabelsInEitherOrder() {
    predicted("digits-0-1", 3);
    labelled("digits-0-1", 3);
    labelled("digits-0-2", 5);
    predicted("digits-0-2", 4);
    predicted("digits-0-3", 1);

    assertThat(ledger.scored()).isEqualTo(3);
    assertThat(ledger.labelled()).isEqualTo(2);
    assertThat(ledger.correct()).isEqualTo(1);
  }

  @Test
  void aRecordThatIsScoredTwiceCountsOnceAndIsReported() {
    predicted("digits-0-1", 3);
    labelled("digits-0-1", 3);
    predicted("digits-0-1", 3);

    assertThat(ledger.scored()).isEqualTo(1);
    assertThat(ledger.doubled()).isEqualTo(1);
    assertThat(ledger.correct()).isEqualTo(1);
  }

  @Test
  void theSameRowOfAnotherPassIsAnotherRecord() {
    predicted("fashion-mnist-0-17", 0);
    predicted("fashion-mnist-1-17", 0);

    assertThat(ledger.scored()).isEqualTo(2);
    assertThat(ledger.doubled()).isZero();
  }

  @Test
  void countsExactlyOverManyRecordsThatComeTwice() {
    for (int round = 0; round < 2; round++) {
      for (int pass = 0; pass < 3; pass++) {
        for (int row = 0; row < 1_797; row++) {
          predicted("digits-" + pass + "-" + row, row % 10);
          labelled("digits-" + pass + "-" + row, row % 5);
        }
      }
    }

    assertThat(ledger.scored()).isEqualTo(3 * 1_797);
    assertThat(ledger.doubled()).isEqualTo(3 * 1_797);
    assertThat(ledger.labelled()).isEqualTo(3 * 1_797);
    // Rows whose last digit is 0 to 4, of 1,797: 179 tens and 7.
    assertThat(ledger.correct()).isEqualTo(3 * (179 * 5 + 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "17", "-17", "digits-17", "digits-0-", "digits--1", "digits-0-99999999999"})
  void anIdWithoutPassAndRowIsForeign(String id) {
    predicted(id, 1);

    assertThat(ledger.scored()).isZero();
    assertThat(ledger.foreign()).isEqualTo(1);
  }

  private void predicted(String id, int label) {
    byte[] utf8 = id.getBytes(UTF_8);
    ledger.predicted(utf8, utf8.length, label);
  }

  private void labelled(String id, int label) {
    byte[] utf8 = id.getBytes(UTF_8);
    ledger.labelled(utf8, utf8.length, label);
  }
}
