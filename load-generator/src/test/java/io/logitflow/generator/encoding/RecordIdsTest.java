package io.logitflow.generator.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordIdsTest {
  private final RecordIds ids = new RecordIds("fashion-mnist");

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9, 10, 17, 99, 100, 9_999, 1_000_000_000, Integer.MAX_VALUE})
  void idIsDatasetPassAndRow(int row) {
    assertThat(text(ids.id(0, row, null))).isEqualTo("fashion-mnist-0-" + row);
    assertThat(text(ids.id(12, row, null))).isEqualTo("fashion-mnist-12-" + row);
  }

  @Test
  void ownIdIsKeptInTheFirstPassAndMadeUniqueInTheOthers() {
    assertThat(text(ids.id(0, 3, "visit-\u00e9"))).isEqualTo("visit-\u00e9");
    assertThat(text(ids.id(2, 3, "visit-\u00e9"))).isEqualTo("visit-\u00e9-2");
  }

  private static String text(byte[] id) {
    return new String(id, StandardCharsets.UTF_8);
  }
}
