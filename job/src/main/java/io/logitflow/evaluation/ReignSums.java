package io.logitflow.evaluation;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.CalibrationStatisticsFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What was found of the records of a reign. */
final class ReignSums {

  private long records;
  private CalibrationStatistics statistics;

  /** Feature records, scored or not. */
  long records() {
    return records;
  }

  /** Statistics of those that were scored; null: none was. */
  CalibrationStatistics statistics() {
    return statistics;
  }

  void addRecords(long number) {
    records += number;
  }

  /** Adds statistics; they are this object's from now on. */
  void add(CalibrationStatistics more) {
    if (statistics == null) {
      statistics = more;
    } else {
      statistics.merge(more);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(records);
    out.writeBoolean(statistics != null);
    if (statistics != null) {
      CalibrationStatisticsFormat.write(statistics, out);
    }
  }

  static ReignSums read(DataInput in) throws IOException {
    ReignSums read = new ReignSums();
    read.records = in.readLong();
    if (in.readBoolean()) {
      read.statistics = CalibrationStatisticsFormat.read(in);
    }
    return read;
  }
}
