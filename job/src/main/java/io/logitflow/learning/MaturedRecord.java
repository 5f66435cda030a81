package io.logitflow.learning;

import io.logitflow.training.sample.SampleRow;

/**
 * A record whose labels have had their time. Immutable by agreement: nobody writes into its arrays.
 *
 * @param recordHash hash of its id
 * @param time event time in ms since the epoch
 * @param label name of its class, or the index in digits; null if no label counts
 * @param features features; of length 0 if no label counts
 * @param partitions partition of the features, then those of the labels
 * @param offsets offsets there
 */
public record MaturedRecord(
    long recordHash, long time, String label, float[] features, int[] partitions, long[] offsets) {

  /** Whether a label counts. */
  public boolean isLabelled() {
    return label != null;
  }

  /** The record for a sample. */
  SampleRow row() {
    return new SampleRow(recordHash, time, label, features);
  }
}
