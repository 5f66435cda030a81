package io.logitflow.generator.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitioningTest {

  @Test
  void everyKindIsRead() {
    assertThat(Partitioning.parse("key")).isEqualTo(new Partitioning.ByKey());
    assertThat(Partitioning.parse("round-robin")).isEqualTo(new Partitioning.RoundRobin());
    assertThat(Partitioning.parse("fixed:12")).isEqualTo(new Partitioning.Fixed(12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hash", "fixed", "fixed:", "fixed:-1", "fixed:1.5"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Partitioning.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected key, round-robin or fixed:PARTITION");
  }
}
