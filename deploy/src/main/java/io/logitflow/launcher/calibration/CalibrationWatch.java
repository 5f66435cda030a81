package io.logitflow.launcher.calibration;

import io.logitflow.connector.ModelCatalogue;
import io.logitflow.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows a report again whenever the topic has changed. */
final class CalibrationWatch {

  private final CalibrationTopic topic;
  private final CalibrationSelection selection;
  private final String segment;
  private final Models models;
  private final CalibrationText text;
  private final Terminal terminal;
  private final PrintWriter out;

  /** What the models topic says now; empty if it cannot be read. */
  @FunctionalInterface
  interface Models {
    Optional<ModelCatalogue> read();
  }

  /** Waits; returns whether it is time to stop. */
  @FunctionalInterface
  interface Pause {
    boolean await(Duration time) throws InterruptedException;
  }

  /**
   * A watch.
   *
   * @param terminal where pages are drawn over each other, if it can do that
   * @param out where lines go otherwise
   */
  CalibrationWatch(
      CalibrationTopic topic,
      CalibrationSelection selection,
      String segment,
      Models models,
      CalibrationText text,
      Terminal terminal,
      PrintWriter out) {
    this.topic = topic;
    this.selection = selection;
    this.segment = segment;
    this.models = models;
    this.text = text;
    this.terminal = terminal;
    this.out = out;
  }

  /** Watches until it is time to stop. */
  void run(Duration interval, Pause pause) throws IOException, InterruptedException {
    String shown = "";
    do {
      topic.read();
      shown = show(shown);
    } while (!pause.await(interval));
  }

  /** Shows what there is; returns the line that was shown last. */
  private String show(String before) throws IOException {
    List<String> page;
    String line;
    try {
      List<CalibrationWindow> windows = topic.windows().in(selection.range());
      CalibrationReport report = CalibrationReport.of(selection, segment, windows, models.read());
      page = text.page(report);
      line = CalibrationText.line(report);
    } catch (NoWindowsException e) {
      line = "Waiting: " + e.getMessage();
      page = List.of(line);
    }
    if (terminal.maxLines() > 0) {
      terminal.draw(page.subList(0, Math.min(page.size(), terminal.maxLines())));
    } else if (!line.equals(before)) {
      out.println(line);
      out.flush();
    }
    return line;
  }
}
