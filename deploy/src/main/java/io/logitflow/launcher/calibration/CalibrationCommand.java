package io.logitflow.launcher.calibration;

import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.console.StopSignal;
import io.logitflow.console.Terminal;
import io.logitflow.launcher.models.IndexPage;
import io.logitflow.launcher.models.ModelsSubcommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow calibration}. */
@Command(
    name = "calibration",
    description = "Shows how far the confidences of a model's versions can be trusted.",
    footer = {
      "",
      "ROLE           when it scored; -> what the version is now",
      "EXPECTS        mean confidence of all predictions: the accuracy to expect, without labels",
      "ECE            expected calibration error, 15 bins; a calibrated model has that of IF"
          + " CALIBRATED",
      "DEBIASED       root mean squared error of the bins, less what chance adds to it",
      "SMECE          smooth calibration error, without bins",
      "GAP            mean confidence minus accuracy: above 0 is overconfident, which CONFIDENT"
          + " says if",
      "               the interval of the accuracy proves it",
      "P-VALUE        of Spiegelhalter's test that the confidences are right",
      "DELAY          of labels after their predictions, in event time",
      "",
      "For example:",
      "  logitflow calibration --bootstrap-servers localhost:9092 --model fraud --last 24h",
      "  logitflow calibration --bootstrap-servers localhost:9092 --model fraud --watch",
      "See docs/calibration.md."
    })
public final class CalibrationCommand extends ModelsSubcommand {

  @Mixin private CalibrationSelection selection;

  @Option(
      names = "--segment",
      paramLabel = "SEGMENT",
      defaultValue = "",
      description = "Only records of this segment; by default all records.")
  private String segment;

  @Option(names = "--bins", description = "Also the table of the bins of the reliability diagram.")
  private boolean bins;

  @Option(
      names = "--watch",
      paramLabel = "INTERVAL",
      arity = "0..1",
      fallbackValue = "2s",
      converter = TimeArguments.Length.class,
      description = "Follow the topic until Ctrl-C, and look again every 2s or INTERVAL.")
  private Duration watch;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Write pictures there; files are replaced.")
  private Path plots;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  protected void run(ModelTopic models) throws IOException {
    if (selection.problem().isPresent()) {
      throw misuse(selection.problem().get());
    }
    if (watch != null && (json || plots != null)) {
      throw misuse("--watch goes without --json and --plots");
    }
    Terminal terminal =
        Terminal.standardOutput(System.getenv(), System.getProperty("native.encoding", "US-ASCII"));
    CalibrationText text = new CalibrationText(terminal.glyphs(), bins);
    try (CalibrationTopic topic = CalibrationTopic.open(broker(), selection, segment, err())) {
      if (watch == null) {
        show(topic, models, text);
      } else {
        watch(
            new CalibrationWatch(
                topic, selection, segment, () -> silently(models), text, terminal, out()));
      }
    }
  }

  private void show(CalibrationTopic topic, ModelTopic models, CalibrationText text)
      throws IOException {
    topic.read();
    topic.windows().problems().forEach(problem -> err().println("Passed over: " + problem));
    CalibrationReport report =
        CalibrationReport.of(
            selection, segment, topic.windows().in(selection.range()), catalogue(models));
    if (json) {
      out().println(CalibrationJson.of(report));
    } else {
      text.page(report).forEach(out()::println);
    }
    if (plots != null) {
      plot(report);
    }
  }

  private void watch(CalibrationWatch view) throws IOException {
    try (StopSignal signal = StopSignal.open()) {
      view.run(watch, signal::await);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the models topic says, if it can be read: names and aliases are not worth a failure. */
  private Optional<ModelCatalogue> catalogue(ModelTopic models) {
    try {
      return Optional.of(read(models));
    } catch (ModelTopicException e) {
      err().println("Without names of classes and aliases: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<ModelCatalogue> silently(ModelTopic models) {
    try {
      return Optional.of(models.read());
    } catch (ModelTopicException e) {
      return Optional.empty();
    }
  }

  private void plot(CalibrationReport report) throws IOException {
    List<Path> files = new CalibrationPlots(report).write(plots);
    Path index =
        IndexPage.write(
            plots,
            CalibrationText.title(report),
            Verdict.of(report.chosen(), report.calibration()),
            files);
    // Beside the JSON, which is the only thing on standard output.
    PrintWriter written = json ? err() : out();
    written.println();
    written.println("Wrote " + index);
    files.forEach(file -> written.println("      " + file));
    written.flush();
  }
}
