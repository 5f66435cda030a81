package io.logitflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {

  @Test
  void columnsAreAsWideAsTheirContentAndNumbersStandAtTheRight() {
    TextTable table = new TextTable(List.of("NAME", " COUNT", "NOTE"));
    table.add(List.of("a", "1", "")).add(List.of("longer", "1,000", "x"));

    assertThat(table.lines())
        .containsExactly("NAME    COUNT  NOTE", "a           1", "longer  1,000  x");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new TextTable(List.of("A")).add(List.of("1", "2")))
        .hasMessage("2 cells, expected 1");
  }
}
