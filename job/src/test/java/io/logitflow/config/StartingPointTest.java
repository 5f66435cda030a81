package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartingPointTest {

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest", "committed", "2026-01-31T00:00:00Z"})
  void theTextFormIsReadAsItIsWritten(String text) {
    assertThat(StartingPoint.parse(text)).hasToString(text);
  }

  @Test
  void anotherTextIsRefusedWithWhatIsAccepted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StartingPoint.parse("Earliest"))
        .withMessage("'Earliest' is not " + StartingPoint.SYNTAX);
  }
}
