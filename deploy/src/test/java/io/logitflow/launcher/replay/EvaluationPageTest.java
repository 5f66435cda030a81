package io.logitflow.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.evaluation.Difference;
import io.logitflow.evaluation.EvaluationReports;
import io.logitflow.evaluation.EvaluationSums;
import io.logitflow.evaluation.RunDescription;
import io.logitflow.evaluation.VersionAudit;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.VersionEvaluation;
import io.logitflow.timeline.Reign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationPageTest {

  private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>");
  private static final Pattern CELL = Pattern.compile("<t[dh][^>]*>(.*?)</t[dh]>");
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");
  private static final long MINUTE = 60_000;

  @TempDir private Path dir;

  /** Version 2 is right more often than version 1. */
  static EvaluationReport compared() {
    Random random = new Random(5);
    EvaluationSums sums = new EvaluationSums(10, MINUTE);
    for (int i = 0; i < 3_000; i++) {
      int truth = random.nextInt(3);
      ServedDistribution first = served(random, truth, 0.4);
      ServedDistribution second = served(random, truth, 0.8);
      long start = TIME.toEpochMilli() + i / 300 * MINUTE;
      CalibrationStatistics ofFirst = new CalibrationStatistics(3);
      ofFirst.addPrediction(first);
      ofFirst.addOutcome(first, truth, 100);
      sums.addWindow(1, start, ofFirst);
      CalibrationStatistics ofSecond = new CalibrationStatistics(3);
      ofSecond.addPrediction(second);
      ofSecond.addOutcome(second, truth, 100);
      ofSecond.addPaired(second, first, 1, truth, truth);
      sums.addWindow(2, start, ofSecond);
    }
    sums.count("labelsWithoutPrediction", 12_345);
    return EvaluationReports.of(run("with-models"), sums, TIME);
  }

  private static ServedDistribution served(Random random, int truth, double sharpness) {
    float[] p = new float[3];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      p[k] = (float) (random.nextDouble() + (k == truth ? sharpness : 0));
      sum += p[k];
    }
    int label = 0;
    for (int k = 0; k < 3; k++) {
      p[k] = (float) (p[k] / sum);
      label = p[k] > p[label] ? k : label;
    }
    return new ServedDistribution(label, p, new float[0], true, random.nextLong());
  }

  private static RunDescription run(String kind) {
    return new RunDescription(
        "run-1",
        kind,
        "m",
        List.of(new RunDescription.Range("features", 0, 100, 3_100)),
        List.of("low", "<middle>", "high"),
        List.of(
            new RunDescription.Version(1, "champion", 0, "aabbccddeeff"),
            new RunDescription.Version(2, "", 3, "001122334455")),
        List.of(
            new Reign(0, Reign.EVER, 1_000, Reign.Basis.UNKNOWN, "", "", "before the first"),
            new Reign(2, 1_000, 61_500, Reign.Basis.ASSUMED, "", "", "since when?"),
            new Reign(1, 61_500, Reign.STILL, Reign.Basis.DECISION, "ROLLBACK", "ada", "a | <b>")),
        Map.of("from", "earliest"));
  }

  @Test
  void everyFigureOfHtmlAndMarkdownIsThatOfTheRecord() throws Exception {
    EvaluationReport report = compared();
    List<Path> files =
        EvaluationFiles.write(new EvaluationPage(report, List.of(), Optional.empty()), dir);

    assertThat(files.get(0)).hasFileName("report.html");
    for (Map<String, List<String>> rows :
        List.of(
            html(Files.readString(dir.resolve("report.html"))),
            markdown(Files.readString(dir.resolve("report.md"))))) {
      VersionEvaluation first = report.getEvaluations().get(0);
      VersionEvaluation second = report.getEvaluations().get(1);
      assertThat(first.getMetrics()).hasSizeGreaterThan(25);
      first
          .getMetrics()
          .forEach(
              (name, value) -> {
                assertThat(rows).containsKey(name);
                assertNumber(rows.get(name).get(1), value);
                assertNumber(rows.get(name).get(2), second.getMetrics().get(name));
              });
      PairedEvaluation pair = report.getComparisons().get(0);
      List<String> cells = rows.get("2 against 1");
      assertThat(cells.get(1)).isEqualTo("3,000");
      assertNumber(cells.get(2), pair.getMetrics().get("meanDifference"));
      assertNumber(cells.get(3).split(" to ", -1)[0], pair.getMetrics().get("fixedLower"));
      assertNumber(cells.get(3).split(" to ", -1)[1], pair.getMetrics().get("fixedUpper"));
      assertNumber(cells.get(4).split(" to ", -1)[0], pair.getMetrics().get("sequenceLower"));
      assertNumber(cells.get(4).split(" to ", -1)[1], pair.getMetrics().get("sequenceUpper"));
      assertThat(cells.get(7).replace(",", ""))
          .isEqualTo(Long.toString(pair.getVersionOnlyCorrect()));
      assertThat(cells.get(8).replace(",", ""))
          .isEqualTo(Long.toString(pair.getReferenceOnlyCorrect()));
      assertThat(rows.get("labels without prediction").get(1)).isEqualTo("12,345");
      assertThat(rows.get("features")).containsExactly("features", "0", "100", "3100", "3,000");
    }
  }

  private static void assertNumber(String cell, double value) {
    assertThat(Double.parseDouble(cell))
        .as(cell)
        .isCloseTo(value, within(5.1e-5 * Math.abs(value)));
  }

  /** First cell to cells; of equal first cells, the last row. */
  private static Map<String, List<String>> html(String page) {
    Map<String, List<String>> rows = new TreeMap<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      List<String> cells = new ArrayList<>();
      Matcher cell = CELL.matcher(row.group(1));
      while (cell.find()) {
        cells.add(cell.group(1).replace("&lt;", "<"));
      }
      rows.put(cells.get(0), cells);
    }
    return rows;
  }

  private static Map<String, List<String>> markdown(String page) {
    Map<String, List<String>> rows = new TreeMap<>();
    page.lines()
        .filter(line -> line.startsWith("| "))
        .forEach(
            line -> {
              List<String> cells =
                  Arrays.stream(line.substring(2, line.length() - 2).split(" \\| "))
                      .map(cell -> cell.replace("\\", ""))
                      .toList();
              rows.put(cells.get(0), cells);
            });
    return rows;
  }

  @Test
  void thePageNeedsNeitherNetworkNorScript() throws Exception {
    EvaluationFiles.write(new EvaluationPage(compared(), List.of(), Optional.empty()), dir);
    String html = Files.readString(dir.resolve("report.html"));
    assertThat(html).doesNotContain("http:", "https:", "<script", "@import", "url(");
    Matcher source = Pattern.compile("(?:src|href)=\"([^\"]{0,26})").matcher(html);
    int pictures = 0;
    while (source.find()) {
      assertThat(source.group(1)).isEqualTo("data:image/svg+xml;base64,");
      pictures++;
    }
    // Gain, over time, and of both versions reliability and confusion.
    assertThat(pictures).isEqualTo(6);
    assertThat(dir.resolve("gain-2-1.svg")).isNotEmptyFile();
    assertThat(dir.resolve("report.md")).content().contains("](gain-2-1.svg)");
  }

  @Test
  void differencesAreListedWithWhatIsExpectedAndFound() throws Exception {
    EvaluationSums sums = new EvaluationSums(10, MINUTE);
    sums.addAudit(2, new VersionAudit(1_000, 1, 0.125));
    sums.addDifference(
        new Difference("tx|1", "predictions", 3, 77, 2, "label,confidence", "<a>", "b"));
    EvaluationReport report = EvaluationReports.of(run("as-served"), sums, TIME);
    EvaluationFiles.write(new EvaluationPage(report, List.of(), Optional.empty()), dir);
    assertThat(html(Files.readString(dir.resolve("report.html"))).get("tx|1"))
        .containsExactly("tx|1", "predictions-3@77", "2", "label, confidence", "<a>", "b");
    assertThat(EvaluationText.of(report))
        .contains(
            "predictions-3@77: record tx|1, version 2, label, confidence: expected <a>, found b")
        .endsWith(
            "1 of 1,000 predictions are not what the version that they name says of their record.");
  }

  @Test
  void championsAreListedWithTheirTimeAndTheRecordsThatHaveNone() throws Exception {
    EvaluationSums sums = new EvaluationSums(10, MINUTE);
    ServedDistribution served =
        new ServedDistribution(0, new float[] {0.5f, 0.25f, 0.25f}, new float[0], true, 1);
    CalibrationStatistics statistics = new CalibrationStatistics(3);
    statistics.addPrediction(served);
    statistics.addOutcome(served, 0, 100);
    sums.addWindow(1, 0, statistics.copy());
    sums.addReignRecords(0, 70);
    sums.addReignRecords(1, 5);
    sums.addReignRecords(2, 1_001);
    sums.addReign(2, statistics);
    sums.count("features", 1_076);
    sums.count("featuresOfUnknownChampions", 70);
    sums.count("featuresOfGoneChampions", 5);
    EvaluationReport report = EvaluationReports.of(run("by-timeline"), sums, TIME);
    EvaluationFiles.write(new EvaluationPage(report, List.of(), Optional.empty()), dir);

    assertThat(html(Files.readString(dir.resolve("report.html"))).get("?"))
        .containsExactly(
            "?",
            "-",
            "1970-01-01 00:00:01.000",
            "70",
            "0",
            "0",
            "- [-, -]",
            "-",
            "-",
            "unknown",
            "before the first");
    assertThat(markdown(Files.readString(dir.resolve("report.md"))))
        .containsKeys("CHAMPION", "?", "2");
    List<String> text = EvaluationText.of(report);
    assertThat(text)
        .anyMatch(line -> line.matches(" +2 +1970.* 1970.* 5 +0 .* assumed +since when\\?"))
        .anyMatch(
            line ->
                line.matches(
                    " +1 +1970-01-01 00:01:01.500 +- +1,001 +1 +1 .* rollback, ada +a \\| <b>"));
    assertThat(text)
        .endsWith(
            "1 version was evaluated. Of 1,076 features 75 are not scored: their champion is not"
                + " known, or cannot be asked any more.");
    JsonNode reigns =
        new ObjectMapper().readTree(EvaluationJson.of(report, List.of())).get("reigns");
    assertThat(reigns).hasSize(3);
    assertThat(reigns.get(0).get("version").isNull()).isTrue();
    assertThat(reigns.get(2).get("version").asLong()).isEqualTo(1);
    assertThat(reigns.get(2).get("from").asText()).isEqualTo("1970-01-01T00:01:01.500Z");
    assertThat(reigns.get(2).get("until").isNull()).isTrue();
    assertThat(reigns.get(2).at("/metrics/accuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void numbersHaveFiveDigitsThatMatter() {
    assertThat(EvaluationPage.number(0.123456789)).isEqualTo("0.12346");
    assertThat(EvaluationPage.number(-1234567)).isEqualTo("-1234600");
    assertThat(EvaluationPage.number(1.5e-9)).isEqualTo("1.5E-9");
    assertThat(EvaluationPage.number(0)).isEqualTo("0");
    assertThat(EvaluationPage.number(Double.NaN)).isEqualTo("-");
  }
}
