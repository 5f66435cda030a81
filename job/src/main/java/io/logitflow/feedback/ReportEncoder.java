package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.SingleObjects;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Makes records of the calibration topic. A later report of a window has the key of the earlier
 * one, so that on a compacted topic it replaces it.
 */
public final class ReportEncoder implements MapFunction<WindowReport, ProducedRecord> {

  private static final long serialVersionUID = 1L;

  private final String model;
  private final Windowing windowing;

  /** Creates an encoder. */
  public ReportEncoder(FeedbackSettings settings) {
    this.model = settings.model();
    this.windowing = settings.windowing();
  }

  @Override
  public ProducedRecord map(WindowReport report) {
    StatisticsKey key = report.key();
    CalibrationStatistics statistics = report.statistics();
    long expired =
        report.isComplete()
            ? statistics.predictions() - statistics.invalid() - statistics.labelled()
            : 0;
    CalibrationRecord record =
        CalibrationRecords.toRecord(statistics)
            .setModel(model)
            .setModelVersion(key.modelVersion())
            .setCalibrationVersion(key.calibrationVersion())
            .setRole(role(key))
            .setSegment(key.segment())
            .setWindowStart(Instant.ofEpochMilli(key.windowStart()))
            .setWindowEnd(Instant.ofEpochMilli(windowing.end(key.windowStart())))
            .setFiring(report.firing())
            .setRevision(report.revision())
            .setWatermark(Instant.ofEpochMilli(Math.max(0, report.watermark())))
            .setExpired(expired)
            .setLabelsWithoutPrediction(report.unmatchedLabels())
            .build();
    return new ProducedRecord(
        text(key).getBytes(StandardCharsets.UTF_8),
        SingleObjects.encode(CalibrationRecord.getEncoder(), record),
        System.currentTimeMillis());
  }

  private static ModelRole role(StatisticsKey key) {
    if (key.isUnmatched()) {
      return ModelRole.UNKNOWN;
    }
    return key.challenger() ? ModelRole.CHALLENGER : ModelRole.CHAMPION;
  }

  /** The key on the topic; the segment is last, because it may contain anything. */
  private String text(StatisticsKey key) {
    return String.join(
        "/",
        model,
        Long.toString(key.modelVersion()),
        Integer.toString(key.calibrationVersion()),
        role(key).name().toLowerCase(Locale.ROOT),
        Long.toString(key.windowStart()),
        key.segment());
  }
}
