package io.logitflow.launcher.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.schema.ChampionReign;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.PairedWindow;
import io.logitflow.schema.PredictionDifference;
import io.logitflow.schema.VersionEvaluation;
import io.logitflow.schema.WindowEvaluation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report as JSON, for scripts; the sums behind the metrics are left to the topic. */
public final class EvaluationJson {

  private EvaluationJson() {}

  /**
   * The JSON.
   *
   * @param failures why the check of the run fails
   */
  public static String of(EvaluationReport report, List<String> failures) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("runId", report.getRunId());
    json.put("createdAt", report.getCreatedAt().toString());
    json.put("kind", report.getKind());
    json.put("model", report.getModel());
    json.put("verdict", EvaluationPage.verdict(report));
    failures.forEach(json.putArray("failures")::add);
    report.getClassNames().forEach(json.putArray("classNames")::add);
    json.put("differences", report.getDifferences());
    new TreeMap<>(report.getDifferenceKinds()).forEach(json.putObject("differenceKinds")::put);
    new TreeMap<>(report.getCounts()).forEach(json.putObject("counts")::put);
    new TreeMap<>(report.getDetails()).forEach(json.putObject("details")::put);
    ArrayNode ranges = json.putArray("ranges");
    report
        .getRanges()
        .forEach(
            range ->
                ranges
                    .addObject()
                    .put("topic", range.getTopic())
                    .put("partition", range.getPartition())
                    .put("from", range.getFrom())
                    .put("to", range.getTo()));
    report.getEvaluations().forEach(v -> add(v, json.withArray("evaluations").addObject()));
    report.getReigns().forEach(reign -> add(reign, json.withArray("reigns").addObject()));
    report.getComparisons().forEach(pair -> add(pair, json.withArray("comparisons").addObject()));
    report.getFound().forEach(found -> add(found, json.withArray("found").addObject()));
    return json.toPrettyString();
  }

  private static void add(VersionEvaluation evaluation, ObjectNode json) {
    json.put("version", evaluation.getVersion());
    json.put("name", evaluation.getName());
    json.put("calibrationVersion", evaluation.getCalibrationVersion());
    json.put("weights", evaluation.getWeights());
    json.put("records", evaluation.getRecords());
    metrics(evaluation.getMetrics(), json);
    ArrayNode windows = json.putArray("windows");
    for (WindowEvaluation window : evaluation.getWindows()) {
      ObjectNode node = windows.addObject();
      node.put("start", window.getStart().toString());
      node.put("end", window.getEnd().toString());
      node.put("predictions", window.getPredictions());
      node.put("labelled", window.getLabelled());
      metrics(window.getMetrics(), node);
    }
  }

  private static void add(ChampionReign reign, ObjectNode json) {
    json.put("version", reign.getVersion());
    json.put("from", reign.getFrom() == null ? null : reign.getFrom().toString());
    json.put("until", reign.getUntil() == null ? null : reign.getUntil().toString());
    json.put("basis", reign.getBasis());
    json.put("kind", reign.getKind());
    json.put("decidedBy", reign.getDecidedBy());
    json.put("reason", reign.getReason());
    json.put("records", reign.getRecords());
    json.put("predictions", reign.getPredictions());
    json.put("labelled", reign.getLabelled());
    metrics(reign.getMetrics(), json);
  }

  private static void add(PairedEvaluation pair, ObjectNode json) {
    json.put("version", pair.getVersion());
    json.put("reference", pair.getReference());
    json.put("records", pair.getRecords());
    json.put("referenceOnlyCorrect", pair.getReferenceOnlyCorrect());
    json.put("versionOnlyCorrect", pair.getVersionOnlyCorrect());
    metrics(pair.getMetrics(), json);
    ArrayNode windows = json.putArray("windows");
    for (PairedWindow window : pair.getWindows()) {
      windows
          .addObject()
          .put("end", window.getEnd().toString())
          .put("records", window.getRecords())
          .put("mean", window.getMean())
          .put("lower", window.getLower())
          .put("upper", window.getUpper());
    }
  }

  private static void add(PredictionDifference found, ObjectNode json) {
    json.put("recordId", found.getRecordId());
    json.put("topic", found.getTopic());
    json.put("partition", found.getPartition());
    json.put("offset", found.getOffset());
    json.put("modelVersion", found.getModelVersion());
    found.getKinds().forEach(json.putArray("kinds")::add);
    json.put("expected", found.getExpected());
    json.put("found", found.getFound());
  }

  private static void metrics(Map<String, Double> metrics, ObjectNode json) {
    ObjectNode node = json.putObject("metrics");
    new TreeMap<>(metrics)
        .forEach((name, value) -> node.put(name, Double.isFinite(value) ? value : null));
  }
}
