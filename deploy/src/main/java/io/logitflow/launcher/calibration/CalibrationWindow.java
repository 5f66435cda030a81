package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.InvalidCalibrationRecordException;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import java.io.IOException;
import java.time.Instant;

/**
 * What a record of the calibration topic says.
 *
 * @param version version of the model that scored; 0 where labels came without a prediction
 * @param calibrationVersion version of the calibration that was applied
 * @param role what the version was to the job
 * @param start of the window, inclusive, in event time of the predictions
 * @param end of the window, exclusive
 * @param complete whether the labels of the window had the time to come
 * @param statistics of the window; not to be changed
 * @param labels what was wrong with labels and predictions
 */
record CalibrationWindow(
    long version,
    int calibrationVersion,
    ModelRole role,
    Instant start,
    Instant end,
    boolean complete,
    CalibrationStatistics statistics,
    LabelCounts labels) {

  /**
   * Takes over a record.
   *
   * @throws IOException if its numbers cannot be
   */
  static CalibrationWindow of(CalibrationRecord record) throws IOException {
    if (!record.getWindowStart().isBefore(record.getWindowEnd())) {
      throw new IOException(
          "the window is from %s to %s, expected an end after its start"
              .formatted(record.getWindowStart(), record.getWindowEnd()));
    }
    try {
      return new CalibrationWindow(
          record.getModelVersion(),
          record.getCalibrationVersion(),
          record.getRole(),
          record.getWindowStart(),
          record.getWindowEnd(),
          record.getFiring() != Firing.EARLY && record.getFiring() != Firing.UNKNOWN,
          CalibrationRecords.fromRecord(record),
          LabelCounts.of(record));
    } catch (InvalidCalibrationRecordException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Whether it is of a version, and not of labels that belong to none. */
  boolean isOfVersion() {
    return version > 0;
  }
}
