package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationDecision;
import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Model;
import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.console.Quantity;
import io.logitflow.console.TextTable;
import io.logitflow.launcher.models.DecisionsTopicOption;
import io.logitflow.launcher.models.ModelsSubcommand;
import io.logitflow.launcher.models.PersonalDecision;
import io.logitflow.schema.DecisionKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow calibrate}. */
@Command(
    name = "calibrate",
    description =
        "Fits a temperature to the labels that came, and says whether it is worth publishing.",
    footer = {
      "",
      "The temperature is fitted to the older three quarters of the labels, and judged by the"
          + " newest quarter.",
      "Windows that are not complete are left out. \"Not now\" is a result, with exit code 0.",
      "Without --publish and --promote nothing is written.",
      "",
      "For example:",
      "  logitflow calibrate --bootstrap-servers localhost:9092 --model fraud --last 7d --promote",
      "See docs/calibration.md."
    })
public final class CalibrateCommand extends ModelsSubcommand {

  @Mixin private CalibrationSelection selection;

  @Mixin private DecisionsTopicOption decisions;

  @ArgGroup private Writing writing = new Writing();

  /** What is written if the temperature is worth it. */
  private static final class Writing {
    @Option(
        names = "--publish",
        description = "Publish the weights with the new temperature as a new version.")
    private boolean publish;

    @Option(names = "--promote", description = "Publish it, and make that version the champion.")
    private boolean promote;
  }

  @Override
  protected void run(ModelTopic models) throws ModelTopicException, IOException {
    if (selection.problem().isPresent()) {
      throw misuse(selection.problem().get());
    }
    Model model =
        read(models).find(selection.model(), selection.version().orElse(ModelKey.CHAMPION));
    List<CalibrationWindow> windows = windows(model);
    TemperatureProposal proposal = TemperatureProposal.of(windows, model.calibration());
    print(model, windows, proposal);
    if (!proposal.decision().publish()) {
      return;
    }
    if (writing.publish || writing.promote) {
      write(models, model, proposal);
    } else {
      out()
          .println(
              "Nothing was written: --publish makes it a new version, --promote the champion as"
                  + " well.");
    }
  }

  /** The complete windows of a version. */
  private List<CalibrationWindow> windows(Model model) throws IOException {
    try (CalibrationTopic topic = CalibrationTopic.open(broker(), selection, "", err())) {
      topic.read();
      topic.windows().problems().forEach(problem -> err().println("Passed over: " + problem));
      List<CalibrationWindow> ofVersion =
          topic.windows().in(selection.range()).stream()
              .filter(window -> window.version() == model.version())
              .toList();
      List<CalibrationWindow> complete =
          ofVersion.stream().filter(CalibrationWindow::complete).toList();
      if (complete.isEmpty()) {
        throw new NoWindowsException(
            "version %d of model '%s' has no complete window in this range%s"
                .formatted(
                    model.version(),
                    model.name(),
                    ofVersion.isEmpty()
                        ? ""
                        : "; the labels of its %d windows are still to come"
                            .formatted(ofVersion.size())));
      }
      return complete;
    }
  }

  private void print(Model model, List<CalibrationWindow> windows, TemperatureProposal proposal) {
    CalibrationDecision decision = proposal.decision();
    out()
        .printf(
            "Calibration of %s version %d from %d complete windows, %s to %s%n%n",
            model.name(),
            model.version(),
            windows.size(),
            windows.get(0).start(),
            windows.get(windows.size() - 1).end());
    TextTable table = new TextTable(List.of("", " FITTED TO", " HELD OUT"));
    table.add(
        List.of(
            "windows",
            Quantity.count(proposal.fit().size()),
            Quantity.count(proposal.heldOut().size())));
    table.add(
        List.of(
            "labels",
            Quantity.count(decision.fitLabels()),
            Quantity.count(decision.heldOutLabels())));
    table.lines().forEach(out()::println);
    out().println();
    TextTable result = new TextTable(List.of("", " NOW", " BEST FIT", " PROPOSED"));
    result.add(
        List.of(
            "temperature",
            number(model.calibration().temperature()),
            number(proposal.fitted()),
            number(decision.candidate().temperature())));
    result.add(
        List.of(
            "NLL held out",
            Quantity.fraction(decision.nllBefore()),
            Quantity.fraction(proposal.nllFitted()),
            Quantity.fraction(decision.nllAfter())));
    result.lines().forEach(out()::println);
    out().println();
    out().println(sentence(model, decision));
  }

  private static String sentence(Model model, CalibrationDecision decision) {
    if (decision.publish()) {
      return "Worth it: %s.".formatted(decision.reason());
    }
    boolean judged = !Double.isNaN(decision.nllBefore());
    if (judged && decision.candidate().temperature() == model.calibration().temperature()) {
      return "Not now: on the held-out labels no other temperature is better by more than chance.";
    }
    return "Not now: %s.".formatted(decision.reason());
  }

  private void write(ModelTopic models, Model model, TemperatureProposal proposal)
      throws ModelTopicException, IOException {
    CalibrationDecision decision = proposal.decision();
    Calibration next =
        new Calibration(
            model.calibrationVersion() + 1,
            decision.candidate().temperature(),
            decision.candidate().biases());
    long version =
        models.publish(
            model.withCalibration(
                next, model.version(), Instant.now(Clock.systemUTC()), evidence(proposal)));
    out()
        .printf(
            "Published %s version %d: the weights of version %d with temperature %s.%n",
            model.name(), version, model.version(), number(next.temperature()));
    if (writing.promote) {
      promote(models, model.name(), version, "calibrate: " + decision.reason());
    }
  }

  private void promote(ModelTopic models, String model, long version, String reason)
      throws ModelTopicException, IOException {
    List<AliasMove> moves = models.promote(model, version, user(), reason);
    report(model, moves, "");
    decisions.write(
        broker(),
        PersonalDecision.ofChampion(DecisionKind.RECALIBRATION, model, moves, user(), reason),
        err());
  }

  /** What the new version tells of where its temperature comes from. */
  private static Map<String, String> evidence(TemperatureProposal proposal) {
    CalibrationDecision decision = proposal.decision();
    List<CalibrationWindow> heldOut = proposal.heldOut();
    Map<String, String> evidence = new LinkedHashMap<>();
    evidence.put("calibration.fitLabels", Long.toString(decision.fitLabels()));
    evidence.put("calibration.heldOutLabels", Long.toString(decision.heldOutLabels()));
    evidence.put("calibration.nllBefore", Double.toString(decision.nllBefore()));
    evidence.put("calibration.nllAfter", Double.toString(decision.nllAfter()));
    evidence.put("calibration.gainLowerBound", Double.toString(decision.gainLowerBound()));
    evidence.put("calibration.from", proposal.fit().get(0).start().toString());
    evidence.put("calibration.to", heldOut.get(heldOut.size() - 1).end().toString());
    return evidence;
  }

  private static String number(double temperature) {
    return String.format(Locale.ROOT, "%.4g", temperature);
  }
}
