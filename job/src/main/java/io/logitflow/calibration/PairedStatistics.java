package io.logitflow.calibration;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * A challenger beside one version of the champion on the same records: sums of {@code d =
 * half-Brier(champion) - half-Brier(challenger)}, in [-1, 1] and above 0 where the challenger is
 * better.
 */
public final class PairedStatistics {

  private static final int DIFFERENCE = 0;
  private static final int DIFFERENCE_SQUARED = 1;
  private static final int SUMS = 2;

  private long count;
  private long championOnlyCorrect;
  private long challengerOnlyCorrect;
  private final ExactSums sums;

  /** Creates statistics of no pairs. */
  public PairedStatistics() {
    this(new ExactSums(SUMS));
  }

  private PairedStatistics(ExactSums sums) {
    this.sums = sums;
  }

  void add(
      ServedDistribution challenger,
      ServedDistribution champion,
      int trueClass,
      int championTrueClass,
      int sign) {
    double difference = champion.halfBrier(championTrueClass) - challenger.halfBrier(trueClass);
    boolean championCorrect = champion.label() == championTrueClass;
    boolean challengerCorrect = challenger.label() == trueClass;
    sums.add(DIFFERENCE, sign * difference);
    sums.add(DIFFERENCE_SQUARED, sign * difference * difference);
    addCounts(
        sign,
        championCorrect && !challengerCorrect ? sign : 0,
        challengerCorrect && !championCorrect ? sign : 0);
  }

  void addCounts(long records, long championOnly, long challengerOnly) {
    count += records;
    championOnlyCorrect += championOnly;
    challengerOnlyCorrect += challengerOnly;
  }

  /** Records scored by both. */
  public long count() {
    return count;
  }

  /** Records that only the champion predicted right. */
  public long championOnlyCorrect() {
    return championOnlyCorrect;
  }

  /** Records that only the challenger predicted right. */
  public long challengerOnlyCorrect() {
    return challengerOnlyCorrect;
  }

  /** Sum of d. */
  public double sumDifference() {
    return sums.get(DIFFERENCE);
  }

  /** Sum of d squared. */
  public double sumDifferenceSquared() {
    return sums.get(DIFFERENCE_SQUARED);
  }

  /** Sum of d, then that of d squared. */
  ExactSums sums() {
    return sums;
  }

  boolean isEmpty() {
    return count == 0 && championOnlyCorrect == 0 && challengerOnlyCorrect == 0 && sums.isZero();
  }

  /** Adds statistics of other pairs, which stay as they are. */
  public void merge(PairedStatistics other) {
    addCounts(other.count, other.championOnlyCorrect, other.challengerOnlyCorrect);
    sums.merge(other.sums);
  }

  PairedStatistics copy() {
    PairedStatistics copy = new PairedStatistics(sums.copy());
    copy.addCounts(count, championOnlyCorrect, challengerOnlyCorrect);
    return copy;
  }

  void write(DataOutput out) throws IOException {
    CompactNumbers.writeLong(out, count);
    CompactNumbers.writeLong(out, championOnlyCorrect);
    CompactNumbers.writeLong(out, challengerOnlyCorrect);
    sums.write(out);
  }

  static PairedStatistics read(DataInput in) throws IOException {
    long count = CompactNumbers.readLong(in);
    long championOnly = CompactNumbers.readLong(in);
    long challengerOnly = CompactNumbers.readLong(in);
    PairedStatistics paired = new PairedStatistics(ExactSums.read(in, SUMS));
    paired.addCounts(count, championOnly, challengerOnly);
    return paired;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairedStatistics paired
        && count == paired.count
        && championOnlyCorrect == paired.championOnlyCorrect
        && challengerOnlyCorrect == paired.challengerOnlyCorrect
        && sums.equals(paired.sums);
  }

  @Override
  public int hashCode() {
    return Objects.hash(count, championOnlyCorrect, challengerOnlyCorrect, sums);
  }
}
