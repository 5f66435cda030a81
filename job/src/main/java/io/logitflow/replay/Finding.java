package io.logitflow.replay;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.CalibrationStatisticsFormat;
import io.logitflow.evaluation.Difference;
import io.logitflow.evaluation.EvaluationSums;
import io.logitflow.evaluation.VersionAudit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Something that a run found, on its way to the report.
 *
 * @param kind what it is
 * @param name of a count: its name
 * @param number of a count: how many; of statistics and audits: the version
 * @param windowStart of statistics: start of their window in ms since the epoch
 * @param statistics the statistics in their own form; else null
 * @param audit predictions that were compared; else null
 * @param difference a difference; else null
 */
public record Finding(
    Kind kind,
    String name,
    long number,
    long windowStart,
    byte[] statistics,
    VersionAudit audit,
    Difference difference) {

  /** What is found. */
  public enum Kind {
    COUNT,
    STATISTICS,
    AUDIT,
    DIFFERENCE
  }

  /** So many of something. */
  public static Finding count(String name, long number) {
    return new Finding(Kind.COUNT, name, number, 0, null, null, null);
  }

  /** The statistics of a version in a window. */
  public static Finding statistics(long version, long start, CalibrationStatistics statistics) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      CalibrationStatisticsFormat.write(statistics, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory", e);
    }
    return new Finding(Kind.STATISTICS, "", version, start, bytes.toByteArray(), null, null);
  }

  static Finding audit(long version, VersionAudit audit) {
    return new Finding(Kind.AUDIT, "", version, 0, null, audit, null);
  }

  static Finding difference(Difference difference) {
    return new Finding(Kind.DIFFERENCE, "", 0, 0, null, null, difference);
  }

  void addTo(EvaluationSums sums) throws IOException {
    switch (kind) {
      case COUNT -> sums.count(name, number);
      case STATISTICS ->
          sums.addWindow(
              number,
              windowStart,
              CalibrationStatisticsFormat.read(
                  new DataInputStream(new ByteArrayInputStream(statistics))));
      case AUDIT -> sums.addAudit(number, audit);
      case DIFFERENCE -> sums.addDifference(difference);
    }
  }
}
