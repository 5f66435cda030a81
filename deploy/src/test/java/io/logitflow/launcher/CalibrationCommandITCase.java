package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.launcher.calibration.ServedRows;
import io.logitflow.launcher.calibration.TestingCalibrationTopic;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code logitflow calibration} and {@code logitflow calibrate} as a user types them. */
class CalibrationCommandITCase {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS_OF_WINDOW = 500;

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;
  private static ServedRows digits;
  private static ServedRows fashion;

  private String prefix;
  private TestingCalibrationTopic topic;
  private String out;
  private String err;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
    digits = ServedRows.of(ServedRows.model("digits", "sgd", dir).build(), "digits");
    fashion = ServedRows.of(ServedRows.model("fashion", "sgd", dir).build(), "fashion-mnist");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void createTopic(TestInfo test) throws Exception {
    prefix = test.getTestMethod().orElseThrow().getName() + "-";
    topic = new TestingCalibrationTopic(broker, prefix + "calibration");
  }

  @AfterEach
  void closeTopic() {
    topic.close();
  }

  @Nested
  class Reading {

    @Test
    void mergedWindowsGiveTheMetricsOfAllRows() throws Exception {
      writeFashion(fashion);

      assertThat(calibration("fashion", "--json")).isZero();

      JsonNode version = JSON.readTree(out).path("versions").get(0);
      JsonNode expected = expected("fashion-sgd");
      assertThat(version.path("windows").asInt()).isEqualTo(20);
      assertThat(version.path("predictions").asLong()).isEqualTo(expected.path("n").asLong());
      assertThat(version.path("correct").asLong()).isEqualTo(expected.path("correct").asLong());
      assertThat(version.path("meanConfidence").asDouble())
          .isCloseTo(expected.path("mean_confidence").asDouble(), within(1e-6));
      assertThat(version.path("nll").asDouble())
          .isCloseTo(expected.path("nll").asDouble(), within(1e-6));
      assertThat(version.path("brier").asDouble())
          .isCloseTo(expected.path("brier").asDouble(), within(1e-6));
      // A confidence that is next to an edge may be in either bin.
      assertThat(version.path("ece").asDouble())
          .isCloseTo(expected.path("ece15").asDouble(), within(1e-4));
      assertThat(version.path("classwiseEce").asDouble())
          .isCloseTo(expected.path("classwise_ece15").asDouble(), within(1e-4));
      assertThat(version.path("confusion").toString())
          .isEqualTo(expected.path("confusion_rows_true_cols_pred").toString());
      assertThat(version.path("bestTemperature").asDouble())
          .isCloseTo(expected.path("temperature").asDouble(), within(2e-4));
    }

    @Test
    void aLaterRevisionTakesThePlaceOfAnEarlierOne() throws Exception {
      topic.write(
          TestingCalibrationTopic.record("digits", 3, 0, digits.statistics(0, 397, 20, 10))
              .setFiring(Firing.EARLY)
              .build());
      topic.write(
          TestingCalibrationTopic.record("digits", 3, 0, digits.statistics(0, 397))
              .setRevision(1)
              .build());

      assertThat(calibration("digits", "--json")).isZero();

      JsonNode version = JSON.readTree(out).path("versions").get(0);
      JsonNode expected = expected("digits-sgd");
      assertThat(version.path("labelled").asLong()).isEqualTo(expected.path("n").asLong());
      assertThat(version.path("incompleteWindows").asInt()).isZero();
      assertThat(version.path("accuracy").asDouble())
          .isCloseTo(expected.path("accuracy").asDouble(), within(1e-12));
      assertThat(version.path("ece").asDouble())
          .isCloseTo(expected.path("ece15").asDouble(), within(1e-4));
    }

    @Test
    void thePageSaysWhatItMeans() throws Exception {
      writeDigits(3);
      topic.write(
          TestingCalibrationTopic.record("digits", 4, 1, digits.statistics(100, 200, 30, 10))
              .setFiring(Firing.EARLY)
              .setRole(ModelRole.CHALLENGER)
              .build());
      topic.write(
          TestingCalibrationTopic.record("digits", 0, 0, new CalibrationStatistics(1))
              .setRole(ModelRole.UNKNOWN)
              .setLabelsWithoutPrediction(7)
              .build());
      try (ModelTopic models = models()) {
        models.createIfMissing();
        models.publish(digits.model(), 3);
        models.publish(digits.model(), 4);
        models.promote("digits", 4, "", "");
      }

      assertThat(calibration("digits", "--model-version", "3")).isZero();

      assertThat(err).isEmpty();
      assertThat(out)
          .contains("Version 3 is underconfident: it is right 82.1 % of the time and says 22.1 %;")
          .contains("a temperature of 0.15")
          .contains("challenger->champion")
          .contains("* 1 window is not complete: ")
          .contains("Labels without a prediction: 7.")
          .containsPattern("(?m)^0 +38 .* 97\\.4$");
      assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(110));
      assertThat(calibration("digits", "--model-version", "champion")).isZero();
      assertThat(out).contains("Version 4 has 30 labels: too few");
    }

    @Test
    void rangesAndSegmentsChooseWindows() throws Exception {
      writeDigits(3);
      topic.write(
          TestingCalibrationTopic.record("digits", 3, 0, digits.statistics(0, 10))
              .setSegment("de")
              .build());

      assertThat(calibration("digits", "--last", "2m", "--json")).isZero();
      assertThat(predictions()).isEqualTo(197);
      assertThat(calibration("digits", "--from", "2026-01-31T09:01:00Z", "--json")).isZero();
      assertThat(predictions()).isEqualTo(297);
      assertThat(calibration("digits", "--to", "2026-01-31T09:01:00Z", "--json")).isZero();
      assertThat(predictions()).isEqualTo(100);
      assertThat(calibration("digits", "--segment", "de", "--json")).isZero();
      assertThat(predictions()).isEqualTo(10);
    }

    @Test
    void picturesAreWrittenWithAPage() throws Exception {
      writeDigits(3);
      Path plots = dir.resolve("plots");

      assertThat(calibration("digits", "--plots", plots.toString())).isZero();

      try (Stream<Path> files = Files.list(plots)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder(
                "index.html",
                "reliability.svg",
                "reliability.png",
                "errors-over-time.svg",
                "errors-over-time.png",
                "accuracy-over-time.svg",
                "accuracy-over-time.png",
                "classes-over-time.svg",
                "classes-over-time.png",
                "confusion.svg",
                "confusion.png");
      }
      assertThat(plots.resolve("index.html")).content().contains("Version 3 is underconfident");
      assertThat(plots.resolve("reliability.svg")).content().contains("ECE = 0.5998");
    }

    private long predictions() throws Exception {
      return JSON.readTree(out).path("versions").get(0).path("predictions").asLong();
    }
  }

  @Nested
  class WhatIsWrong {

    @Test
    void getsOneLineAndItsExitCode() {
      assertThat(calibration("digits")).isOne();
      assertThat(err.strip())
          .isEqualTo(
              "logitflow calibration: the calibration topic has no records yet: the feedback job"
                  + " writes them");
      writeDigits(3);
      assertThat(calibration("digit")).isOne();
      assertThat(err).contains("has nothing of model 'digit'; it has digits");
      assertThat(calibration("digits", "--segment", "x")).isOne();
      assertThat(err).contains("no segment 'x'; it has '' (all records)");
      assertThat(calibration("digits", "--model-version", "8")).isOne();
      assertThat(err).contains("no windows of version 8 in this range; there are of 3");
      assertThat(calibration("digits", "--model-version", "champion")).isOne();
      assertThat(err).contains("'champion'", "give its number");
      assertThat(calibration("digits", "--from", "2026-02-01")).isOne();
      assertThat(err)
          .contains("no window from 2026-02-01T00:00:00Z on; its windows are from 2026-01-31T09:00")
          .doesNotContain("\tat ");
    }

    @Test
    void ofTheTopicItselfIsSaid() {
      assertThat(calibration("digits", "--calibration-topic", "missing")).isOne();
      assertThat(err)
          .contains("missing' does not exist at ", "check --calibration-topic and --topic-prefix");
    }

    @Test
    void recordsThatCannotBeReadArePassedOver() {
      writeDigits(3);
      topic.write("digits/other", "no record".getBytes(StandardCharsets.UTF_8));

      assertThat(calibration("digits")).isZero();

      assertThat(err).containsPattern("Passed over: \\S+calibration-\\d@\\d+: ");
      assertThat(out).contains("Version 3 is underconfident");
    }

    @Test
    void combinationsWithoutSenseAreMisuse() {
      assertThat(calibration("digits", "--last", "1h", "--to", "2026-01-31")).isEqualTo(2);
      assertThat(err).contains("--last goes without --from and --to");
      assertThat(calibration("digits", "--from", "2026-02-01", "--to", "2026-01-31")).isEqualTo(2);
      assertThat(calibration("digits", "--last", "soon")).isEqualTo(2);
      assertThat(err).contains("'soon' is no duration", "30s, 5m, 1h or 7d");
      assertThat(calibration("digits", "--from", "yesterday")).isEqualTo(2);
      assertThat(err).contains("'yesterday' is no time");
      assertThat(calibration("digits", "--watch", "--json")).isEqualTo(2);
      assertThat(calibrate("digits", "--publish", "--promote")).isEqualTo(2);
    }
  }

  @Nested
  class Calibrating {

    @Test
    void tooFewLabelsAreNotNow() throws Exception {
      writeDigits(1);
      publishAndPromote(digits.model());

      assertThat(calibrate("digits", "--promote")).isZero();

      assertThat(out).contains("Not now: 97 held-out labels, expected at least 200.");
      assertThat(catalogue().versions("digits")).hasSize(1);
    }

    @Test
    void whatMayBeChanceIsNotNow() throws Exception {
      publishAndPromote(fashion.model());
      writeFashion(fashion);

      assertThat(calibrate("fashion", "--promote")).isZero();

      // 0.002 nats from 1 to 0.915, with a standard error above 0.002 on 2,500 labels.
      assertThat(out).containsPattern("temperature +1\\.000 +0\\.914\\d +1\\.000\n");
      assertThat(out).contains("Not now: on the held-out labels no other temperature is better");
      assertThat(catalogue().versions("fashion")).hasSize(1);
    }

    @Test
    void whatIsWorthItIsPublishedAndPromotedIfSoAsked() throws Exception {
      Model overconfident = ServedRows.overconfident("fashion", "sgd", 3, dir).build();
      publishAndPromote(overconfident);
      writeFashion(ServedRows.of(overconfident, "fashion-mnist"));
      // Its labels would pull the temperature far away, but they are not complete.
      topic.write(
          TestingCalibrationTopic.record("fashion", 1, 20, fashion.statistics(0, 3000))
              .setFiring(Firing.EARLY)
              .build());
      double temperature =
          3 * expected("fashion-sgd").path("temperature_of_rows_0_to_7499").asDouble();

      assertThat(calibrate("fashion")).isZero();
      assertThat(out).contains("Worth it: ", "Nothing was written");
      assertThat(out).containsPattern("labels +7,500 +2,500\n");
      assertThat(out).containsPattern("NLL held out +0\\.7473 +0\\.4659 +0\\.4659\n");
      assertThat(catalogue().versions("fashion")).hasSize(1);

      assertThat(calibrate("fashion", "--publish")).isZero();
      assertThat(out).contains("Published fashion version 2: the weights of version 1");
      assertThat(catalogue().alias("fashion", "champion")).hasValue(1);

      assertThat(calibrate("fashion", "--promote")).isZero();
      assertThat(out).contains("Published fashion version 3", "fashion: champion 1 -> 3");
      assertThat(err)
          .contains("not written down: there is no topic '%sdecisions'".formatted(prefix));
      Model promoted = catalogue().find("fashion", "champion");
      assertThat(promoted.calibration().temperature())
          .isCloseTo(temperature, withinPercentage(0.2)); // The prior pulls it towards 1.
      assertThat(promoted.calibrationVersion()).isOne();
      assertThat(promoted.weightsChecksum()).isEqualTo(overconfident.weightsChecksum());
      assertThat(promoted.provenance().parentVersion()).hasValue(1);
      assertThat(promoted.provenance().details())
          .containsEntry("calibration.fitLabels", "7500")
          .containsEntry("calibration.from", "2026-01-31T09:00:00Z");
    }

    @Test
    void aVersionWithoutCompleteWindowsIsAnError() throws Exception {
      publishAndPromote(digits.model());
      topic.write(
          TestingCalibrationTopic.record("digits", 1, 0, digits.statistics(0, 300))
              .setFiring(Firing.EARLY)
              .build());

      assertThat(calibrate("digits")).isOne();

      assertThat(err).contains("no complete window", "labels of its 1 windows are still to come");
      assertThat(calibrate("digits", "--model-version", "challenger")).isOne();
      assertThat(err).contains("has no alias 'challenger'");
    }
  }

  /** Every row in its window. */
  private void writeFashion(ServedRows rows) {
    for (int window = 0; window * ROWS_OF_WINDOW < rows.size(); window++) {
      int from = window * ROWS_OF_WINDOW;
      topic.write(
          TestingCalibrationTopic.record(
                  "fashion", 1, window, rows.statistics(from, from + ROWS_OF_WINDOW))
              .build());
    }
  }

  private void writeDigits(long version) {
    for (int window = 0; window * 100 < digits.size(); window++) {
      topic.write(
          TestingCalibrationTopic.record(
                  "digits",
                  version,
                  window,
                  digits.statistics(window * 100, Math.min(digits.size(), window * 100 + 100)))
              .build());
    }
  }

  private void publishAndPromote(Model model) throws Exception {
    try (ModelTopic models = models()) {
      models.createIfMissing();
      models.publish(model, 1);
      models.promote(model.name(), 1, "", "");
    }
  }

  private ModelCatalogue catalogue() throws Exception {
    try (ModelTopic models = models()) {
      return models.read();
    }
  }

  private ModelTopic models() {
    return new ModelTopic(broker.bootstrapServers(), prefix + "models", Map.of());
  }

  private int calibration(String model, String... arguments) {
    return run("calibration", model, arguments);
  }

  private int calibrate(String model, String... arguments) {
    return run("calibrate", model, arguments);
  }

  private int run(String name, String model, String... arguments) {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    all.addAll(List.of("--topic-prefix", prefix, "--model", model));
    all.addAll(List.of(arguments));
    StringWriter outWriter = new StringWriter();
    StringWriter errWriter = new StringWriter();
    CommandLine command = LogitflowCommand.commandLine();
    command.setOut(new PrintWriter(outWriter, true)).setErr(new PrintWriter(errWriter, true));
    int code = command.execute(all.toArray(String[]::new));
    out = outWriter.toString();
    err = errWriter.toString();
    return code;
  }

  private static JsonNode expected(String model) throws Exception {
    try (InputStream in =
        CalibrationCommandITCase.class.getResourceAsStream(
            "/io/logitflow/launcher/calibration/" + model + "-test.json")) {
      return JSON.readTree(in);
    }
  }
}
