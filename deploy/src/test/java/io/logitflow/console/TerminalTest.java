package io.logitflow.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void aPageIsDrawnOverTheOneBeforeAndCutToTheWidth() {
    Terminal terminal = terminal(false, 24, 8);

    terminal.draw(List.of("123456789", "second"));
    terminal.draw(List.of("third", "fourth"));

    assertThat(written.toString(UTF_8).split("(?<=\\n)"))
        .containsExactly(
            "\r\u001b[J1234567\n", "second\n", "\u001b[2A\r\u001b[Jthird\n", "fourth\n");
  }

  @Test
  void whatFollowsALineIsDrawnBelowIt() {
    Terminal terminal = terminal(false, 24, 80);

    terminal.draw(List.of("page"));
    terminal.line("line");
    terminal.draw(List.of("page"));

    assertThat(written.toString(UTF_8)).endsWith("line\n\r\u001b[Jpage\n");
  }

  @Test
  void theTitleIsBoldOnlyWithColours() {
    terminal(true, 24, 80).draw(List.of("title", "text"));

    assertThat(written.toString(UTF_8)).isEqualTo("\r\u001b[J\u001b[1mtitle\u001b[0m\ntext\n");
  }

  @Test
  void aTerminalThatIsTooLowDumbOrNoneIsNotDrawnOn() {
    assertThat(standardOutput(Map.of("TERM", "xterm", "LOGITFLOW_TERMINAL", "14 80")).canDraw(14))
        .isFalse();
    assertThat(standardOutput(Map.of("TERM", "dumb", "LOGITFLOW_TERMINAL", "24 80")).canDraw(14))
        .isFalse();
    assertThat(standardOutput(Map.of("TERM", "xterm")).canDraw(14)).isFalse();
    assertThat(standardOutput(Map.of("TERM", "xterm", "LOGITFLOW_TERMINAL", "24 80")).canDraw(14))
        .isTrue();
  }

  @Test
  void whatIsNoUnicodeTerminalGetsAscii() {
    assertThat(Terminal.standardOutput(Map.of(), "ANSI_X3.4-1968").glyphs())
        .isEqualTo(Glyphs.ASCII);
    assertThat(Terminal.standardOutput(Map.of(), "UTF-8").glyphs()).isEqualTo(Glyphs.UNICODE);
  }

  private Terminal terminal(boolean colours, int rows, int columns) {
    return new Terminal(
        new PrintStream(written, true, UTF_8), Glyphs.UNICODE, colours, rows, columns);
  }

  private static Terminal standardOutput(Map<String, String> environment) {
    return Terminal.standardOutput(environment, "UTF-8");
  }
}
