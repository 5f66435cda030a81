package io.logitflow.evaluation;

import io.logitflow.calibration.CalibrationStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a run adds up until its report. Does not depend on the order in which it comes:
 * counts and sums are exact, and of the differences those of the smallest offsets are kept.
 */
public final class EvaluationSums {

  private final int maxDifferences;
  private final VersionWindows windows;
  private final SortedMap<String, Long> counts;
  private final SortedMap<String, Long> kinds;
  private final SortedMap<Long, VersionAudit> audits;
  private final SortedMap<Integer, ReignSums> reigns = new TreeMap<>();
  private final SortedSet<Difference> differences = new TreeSet<>(Difference.BY_PLACE);

  /**
   * Nothing yet.
   *
   * @param maxDifferences how many differences are kept; all are counted
   * @param windowLength length of the windows in ms
   */
  public EvaluationSums(int maxDifferences, long windowLength) {
    this(maxDifferences, new VersionWindows(windowLength));
  }

  private EvaluationSums(int maxDifferences, VersionWindows windows) {
    this.maxDifferences = maxDifferences;
    this.windows = windows;
    this.counts = new TreeMap<>();
    this.kinds = new TreeMap<>();
    this.audits = new TreeMap<>();
  }

  /** Adds the statistics of a version in a window; they are this object's from now on. */
  public void addWindow(long version, long start, CalibrationStatistics statistics) {
    windows.add(version, start, statistics);
  }

  /** Counts something by its name. */
  public void count(String name, long number) {
    if (number != 0) {
      counts.merge(name, number, Long::sum);
    }
  }

  /** Adds predictions of a version that were compared with what it says. */
  public void addAudit(long version, VersionAudit audit) {
    audits.merge(version, audit, VersionAudit::plus);
  }

  /** Counts records of a reign, scored or not. */
  public void addReignRecords(int reign, long number) {
    ofReign(reign).addRecords(number);
  }

  /** Adds the statistics of records of a reign; they are this object's from now on. */
  public void addReign(int reign, CalibrationStatistics statistics) {
    ofReign(reign).add(statistics);
  }

  private ReignSums ofReign(int reign) {
    return reigns.computeIfAbsent(reign, unused -> new ReignSums());
  }

  /** Adds a difference. */
  public void addDifference(Difference difference) {
    for (String kind : difference.kindNames()) {
      kinds.merge(kind, 1L, Long::sum);
    }
    differences.add(difference);
    if (differences.size() > maxDifferences) {
      differences.remove(differences.last());
    }
  }

  VersionWindows windows() {
    return windows;
  }

  SortedMap<String, Long> counts() {
    return counts;
  }

  SortedMap<String, Long> kinds() {
    return kinds;
  }

  SortedMap<Long, VersionAudit> audits() {
    return audits;
  }

  SortedMap<Integer, ReignSums> reigns() {
    return reigns;
  }

  SortedSet<Difference> differences() {
    return differences;
  }

  /** Writes everything; {@link #read} reads it. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(maxDifferences);
    windows.write(out);
    write(out, counts);
    write(out, kinds);
    out.writeInt(audits.size());
    for (Map.Entry<Long, VersionAudit> audit : audits.entrySet()) {
      out.writeLong(audit.getKey());
      out.writeLong(audit.getValue().predictions());
      out.writeLong(audit.getValue().differences());
      out.writeDouble(audit.getValue().largestMiss());
    }
    out.writeInt(differences.size());
    for (Difference difference : differences) {
      difference.write(out);
    }
    out.writeInt(reigns.size());
    for (Map.Entry<Integer, ReignSums> reign : reigns.entrySet()) {
      out.writeInt(reign.getKey());
      reign.getValue().write(out);
    }
  }

  private static void write(DataOutput out, Map<String, Long> counts) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      out.writeUTF(count.getKey());
      out.writeLong(count.getValue());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static EvaluationSums read(DataInput in) throws IOException {
    int limit = in.readInt();
    EvaluationSums sums = new EvaluationSums(limit, VersionWindows.read(in));
    read(in, sums.counts);
    read(in, sums.kinds);
    int audits = in.readInt();
    for (int i = 0; i < audits; i++) {
      sums.audits.put(
          in.readLong(), new VersionAudit(in.readLong(), in.readLong(), in.readDouble()));
    }
    int differences = in.readInt();
    for (int i = 0; i < differences; i++) {
      sums.differences.add(Difference.read(in));
    }
    int reigns = in.readInt();
    for (int i = 0; i < reigns; i++) {
      sums.reigns.put(in.readInt(), ReignSums.read(in));
    }
    return sums;
  }

  private static void read(DataInput in, Map<String, Long> counts) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      counts.put(in.readUTF(), in.readLong());
    }
  }
}
