package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.schema.Firing;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The statistics of a window as they are at a moment.
 *
 * @param key what they are of
 * @param firing why they are reported
 * @param revision 0, 1, 2 ... of the same window
 * @param watermark event-time watermark in ms since the epoch
 * @param statistics statistics; not changed any more
 * @param unmatchedLabels labels without a prediction
 */
public record WindowReport(
    StatisticsKey key,
    Firing firing,
    int revision,
    long watermark,
    @TypeInfo(StatisticsTypeFactory.class) CalibrationStatistics statistics,
    long unmatchedLabels) {

  /** Whether labels had the time to come that they are given. */
  boolean isComplete() {
    return firing == Firing.ON_TIME || firing == Firing.LATE || firing == Firing.FINAL;
  }

  /** Whether it can count in a test: once, when its window becomes complete. */
  public boolean isForTests() {
    return firing == Firing.ON_TIME && !key.isUnmatched() && key.segment().isEmpty();
  }

  /** Whether a calibration of the champion can be fitted to it. */
  public boolean isEvidence() {
    return isComplete() && !key.isUnmatched() && !key.challenger() && key.segment().isEmpty();
  }
}
