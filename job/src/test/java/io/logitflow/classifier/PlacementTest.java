package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlacementTest {

  @Test
  void anIndexBelowZeroIsRefused() {
    assertThatThrownBy(() -> new Placement(OptionalInt.of(-1), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
