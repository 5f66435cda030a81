package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void aValueIsShownBesideItsKey() {
    assertThat(new Problem("micro-batch-size", Optional.of("0"), "expected 1 to 65536"))
        .hasToString("micro-batch-size = 0: expected 1 to 65536");
    assertThat(new Problem("model", Optional.of(""), "expected a name"))
        .hasToString("model = '': expected a name");
  }

  @Test
  void aMissingOptionHasNoValue() {
    assertThat(new Problem("model", Optional.empty(), "not set")).hasToString("model: not set");
  }

  @Test
  void aLongValueIsCut() {
    assertThat(new Problem("from", Optional.of("x".repeat(500)), "expected less").toString())
        .hasSizeLessThan(160)
        .endsWith("xxx...: expected less");
  }

  @Test
  void aSecretIsNotShown() {
    assertThat(new Problem("producer.sasl.jaas.config", Optional.of("hunter2"), "refused"))
        .hasToString("producer.sasl.jaas.config = ******: refused");
  }
}
