package io.logitflow.training.sample;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A labelled record. Immutable by agreement: nobody writes into its features.
 *
 * @param hash hash of the record id, which decides on samples
 * @param time event time of the record in ms since the epoch
 * @param label what the record turned out to be: the name of a class, or its index in digits
 * @param features features of the record, before any normalisation
 */
public record SampleRow(long hash, long time, String label, float[] features) {

  /** Objects, references and places in the strata, generously. */
  private static final int OVERHEAD_BYTES = 200;

  /** Of two records of one hash, the one that counts. */
  static final Comparator<SampleRow> PRECEDENCE =
      Comparator.comparingLong(SampleRow::time)
          .thenComparing(SampleRow::label)
          .thenComparing(SampleRow::features, Arrays::compare);

  /** Memory that the row takes, in bytes. */
  public long bytes() {
    return OVERHEAD_BYTES + (long) Float.BYTES * features.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleRow that
        && hash == that.hash
        && time == that.time
        && label.equals(that.label)
        && Arrays.equals(features, that.features);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return "%016x at %d: %s".formatted(hash, time, label);
  }
}
