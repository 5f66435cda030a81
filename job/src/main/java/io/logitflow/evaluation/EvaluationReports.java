package io.logitflow.evaluation;

import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.OffsetRange;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.PredictionDifference;
import io.logitflow.schema.SingleObjects;
import io.logitflow.schema.VersionEvaluation;
import io.logitflow.schema.WindowEvaluation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the report of a run of what it added up. */
public final class EvaluationReports {

  /** What Kafka takes unless it is told otherwise, less some room. */
  private static final int MAX_BYTES = 950_000;

  private static final TreeMap<Long, CalibrationStatistics> NO_WINDOWS = new TreeMap<>();

  static {
    SingleObjects.trustSchemaPackage();
  }

  private final RunDescription run;
  private final EvaluationSums sums;

  private EvaluationReports(RunDescription run, EvaluationSums sums) {
    this.run = run;
    this.sums = sums;
  }

  /**
   * The report. The sums behind the metrics are left out where they make it larger than a record of
   * Kafka may be, and a detail says so.
   *
   * @param createdAt when the run ended
   */
  public static EvaluationReport of(RunDescription run, EvaluationSums sums, Instant createdAt) {
    EvaluationReport report = new EvaluationReports(run, sums).report(createdAt);
    if (SingleObjects.encode(EvaluationReport.getEncoder(), report).length > MAX_BYTES) {
      report.getEvaluations().forEach(evaluation -> evaluation.setStatistics(null));
      report
          .getDetails()
          .put("statistics", "left out: with them the report is larger than a record may be");
    }
    return report;
  }

  private EvaluationReport report(Instant createdAt) {
    return EvaluationReport.newBuilder()
        .setRunId(run.runId())
        .setCreatedAt(createdAt)
        .setKind(run.kind())
        .setModel(run.model())
        .setRanges(
            run.ranges().stream()
                .map(
                    range ->
                        new OffsetRange(range.topic(), range.partition(), range.from(), range.to()))
                .toList())
        .setClassNames(run.classNames())
        .setEvaluations(evaluations())
        .setComparisons(comparisons())
        .setReigns(new ReignReports(run, sums).reigns())
        .setCounts(sums.counts())
        .setDifferences(sums.audits().values().stream().mapToLong(VersionAudit::differences).sum())
        .setDifferenceKinds(sums.kinds())
        .setFound(sums.differences().stream().map(EvaluationReports::difference).toList())
        .setDetails(new TreeMap<>(run.details()))
        .build();
  }

  /** Those that the run names first, in its order, and then what else was found. */
  private List<VersionEvaluation> evaluations() {
    Set<Long> versions = new LinkedHashSet<>();
    run.versions().stream()
        .map(RunDescription.Version::version)
        .filter(version -> !run.kind().equals("as-served") || sums.audits().containsKey(version))
        .filter(version -> !run.kind().equals("by-timeline") || hasWindows(version))
        .forEach(versions::add);
    versions.addAll(sums.audits().keySet());
    versions.addAll(sums.windows().versions().keySet());
    List<VersionEvaluation> evaluations = new ArrayList<>();
    for (long version : versions) {
      evaluations.add(evaluation(version));
    }
    return evaluations;
  }

  private boolean hasWindows(long version) {
    return sums.windows().versions().containsKey(version);
  }

  private VersionEvaluation evaluation(long version) {
    SortedMap<Long, CalibrationStatistics> windows =
        sums.windows().versions().getOrDefault(version, NO_WINDOWS);
    VersionEvaluation.Builder evaluation = VersionEvaluation.newBuilder().setVersion(version);
    run.versions().stream()
        .filter(known -> known.version() == version)
        .forEach(
            known ->
                evaluation
                    .setName(known.name())
                    .setCalibrationVersion(known.calibrationVersion())
                    .setWeights(known.weights()));
    if (windows.isEmpty()) {
      return audited(version, evaluation);
    }
    CalibrationStatistics all = null;
    List<WindowEvaluation> overTime = new ArrayList<>();
    for (Map.Entry<Long, CalibrationStatistics> window : windows.entrySet()) {
      overTime.add(window(window.getKey(), window.getValue()));
      if (all == null) {
        all = window.getValue().copy();
      } else {
        all.merge(window.getValue());
      }
    }
    Instant from = Instant.ofEpochMilli(windows.firstKey());
    Instant to = Instant.ofEpochMilli(windows.lastKey() + sums.windows().length());
    CalibrationRecord statistics =
        CalibrationRecords.toRecord(all)
            .setModel(run.model())
            .setModelVersion(version)
            .setCalibrationVersion(evaluation.getCalibrationVersion())
            .setWindowStart(from)
            .setWindowEnd(to)
            .build();
    return evaluation
        .setRecords(all.predictions())
        .setMetrics(MetricsByName.all(all))
        .setStatistics(statistics)
        .setFrom(from)
        .setTo(to)
        .setWindows(overTime)
        .build();
  }

  private VersionEvaluation audited(long version, VersionEvaluation.Builder evaluation) {
    VersionAudit audit = sums.audits().get(version);
    if (audit == null) {
      return evaluation.setRecords(0).build();
    }
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("reproduced", (double) (audit.predictions() - audit.differences()));
    metrics.put("differences", (double) audit.differences());
    metrics.put("largestMiss", audit.largestMiss());
    return evaluation.setRecords(audit.predictions()).setMetrics(metrics).build();
  }

  private WindowEvaluation window(long start, CalibrationStatistics statistics) {
    return new WindowEvaluation(
        Instant.ofEpochMilli(start),
        Instant.ofEpochMilli(start + sums.windows().length()),
        statistics.predictions(),
        statistics.labelled(),
        MetricsByName.overTime(statistics));
  }

  private List<PairedEvaluation> comparisons() {
    List<PairedEvaluation> comparisons = new ArrayList<>();
    if (run.kind().equals("with-models")) {
      long reference = run.versions().get(0).version();
      for (RunDescription.Version other : run.versions().subList(1, run.versions().size())) {
        comparisons.add(
            PairedComparison.of(
                other.version(),
                reference,
                sums.windows().versions().getOrDefault(other.version(), NO_WINDOWS),
                sums.windows().length()));
      }
    }
    return comparisons;
  }

  private static PredictionDifference difference(Difference difference) {
    return new PredictionDifference(
        difference.recordId(),
        difference.topic(),
        difference.partition(),
        difference.offset(),
        difference.modelVersion(),
        difference.kindNames(),
        difference.expected(),
        difference.found());
  }
}
