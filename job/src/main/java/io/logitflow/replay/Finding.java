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
 * @param number of a count or a reign: how many; of statistics and audits: the version
 * @param reign of a reign: its number on the timeline; else -1
 * @param windowStart of statistics: start of their window in ms since the epoch
 * @param statistics the statistics in their own form; else null
 * @param audit predictions that were compared; else null
 * @param difference a difference; else null
 */
public record Finding(
    Kind kind,
    String name,
    long number,
    int reign,
    long windowStart,
    byte[] statistics,
    VersionAudit audit,
    Difference difference) {

  /** What is found. */
  public enum Kind {
    COUNT,
    STATISTICS,
    REIGN_RECORDS,
    REIGN_STATISTICS,
    AUDIT,
    DIFFERENCE
  }

  /** So many of something. */
  public static Finding count(String name, long number) {
    return new Finding(Kind.COUNT, name, number, -1, 0, null, null, null);
  }

  /** The statistics of a version in a window. */
  public static Finding statistics(long version, long start, CalibrationStatistics statistics) {
    return new Finding(Kind.STATISTICS, "", version, -1, start, bytes(statistics), null, null);
  }

  /** So many feature records are of a reign. */
  static Finding recordsOfReign(int reign, long records) {
    return new Finding(Kind.REIGN_RECORDS, "", records, reign, 0, null, null, null);
  }

  /** The statistics of records of a reign. */
  public static Finding statisticsOfReign(int reign, CalibrationStatistics statistics) {
    return new Finding(Kind.REIGN_STATISTICS, "", 0, reign, 0, bytes(statistics), null, null);
  }

  private static byte[] bytes(CalibrationStatistics statistics) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      CalibrationStatisticsFormat.write(statistics, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory", e);
    }
    return bytes.toByteArray();
  }

  private CalibrationStatistics readStatistics() throws IOException {
    return CalibrationStatisticsFormat.read(
        new DataInputStream(new ByteArrayInputStream(statistics)));
  }

  static Finding audit(long version, VersionAudit audit) {
    return new Finding(Kind.AUDIT, "", version, -1, 0, null, audit, null);
  }

  static Finding difference(Difference difference) {
    return new Finding(Kind.DIFFERENCE, "", 0, -1, 0, null, null, difference);
  }

  void addTo(EvaluationSums sums) throws IOException {
    switch (kind) {
      case COUNT -> sums.count(name, number);
      case STATISTICS -> sums.addWindow(number, windowStart, readStatistics());
      case REIGN_RECORDS -> sums.addReignRecords(reign, number);
      case REIGN_STATISTICS -> sums.addReign(reign, readStatistics());
      case AUDIT -> sums.addAudit(number, audit);
      case DIFFERENCE -> sums.addDifference(difference);
    }
  }
}
