package io.logitflow.launcher.calibration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.console.Glyphs;
import io.logitflow.console.Terminal;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.launcher.models.ModelsTopicOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Following a calibration topic; the test decides what happens between two looks. */
class CalibrationWatchITCase {

  private final CalibrationSelection selection = new CalibrationSelection();
  private final ModelsTopicOptions options = new ModelsTopicOptions();
  private final StringWriter lines = new StringWriter();
  private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();

  @Test
  void everyChangeIsALineOrAPage(@TempDir Path dir) throws Exception {
    ServedRows digits = ServedRows.of(ServedRows.model("digits", "sgd", dir).build(), "digits");
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
        TestingCalibrationTopic topic = new TestingCalibrationTopic(broker, "calibration")) {
      parse(selection, "--model", "digits");
      parse(options, "--bootstrap-servers", broker.bootstrapServers());
      Runnable first =
          () ->
              topic.write(
                  TestingCalibrationTopic.record("digits", 3, 0, digits.statistics(0, 100))
                      .build());
      Runnable second =
          () ->
              topic.write(
                  TestingCalibrationTopic.record("digits", 3, 1, digits.statistics(100, 397))
                      .build());

      watch(new Terminal(System.out, Glyphs.ASCII, false, 0, 0), first, () -> {}, second);
      watch(
          new Terminal(new PrintStream(drawn, true, UTF_8), Glyphs.ASCII, false, 60, 120),
          () -> {});
    }

    assertThat(lines.toString().lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Waiting: the calibration topic has no records"),
            line -> assertThat(line).contains("to 2026-01-31T09:01:00Z: 100 predictions, 100.0 %"),
            line ->
                assertThat(line).contains("to 2026-01-31T09:02:00Z: 397 predictions", "82.1 %"));
    assertThat(drawn.toString(UTF_8))
        .contains("Version 3 is underconfident")
        .contains("\u001b[J")
        .containsPattern("\u001b\\[\\d+A");
  }

  private void watch(Terminal terminal, Runnable... between) throws Exception {
    Deque<Runnable> steps = new ArrayDeque<>(List.of(between));
    PrintWriter out = new PrintWriter(lines, true);
    try (CalibrationTopic topic = CalibrationTopic.open(options, selection, "", out)) {
      new CalibrationWatch(
              topic,
              selection,
              "",
              Optional::empty,
              new CalibrationText(terminal.glyphs(), false),
              terminal,
              out)
          .run(
              Duration.ofSeconds(1),
              time -> {
                if (steps.isEmpty()) {
                  return true;
                }
                steps.remove().run();
                return false;
              });
    }
  }

  private static void parse(Object options, String... arguments) {
    CommandLine.populateCommand(options, arguments);
  }
}
