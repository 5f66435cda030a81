package io.logitflow.replay;

/**
 * A feature record that is scored again. Immutable by agreement: nobody writes into its arrays.
 *
 * @param time event time in ms since the epoch
 * @param seed what a model that draws is seeded with: depends on the id alone
 * @param values features, or those of a sparse record that indices names
 * @param indices of a sparse record, ascending; null: the record is dense
 */
public record ReplayedFeatures(long time, long seed, float[] values, int[] indices) {

  boolean isSparse() {
    return indices != null;
  }

  /** Whether a model of so many features takes it. */
  boolean fits(int featureCount) {
    return isSparse()
        ? indices.length == 0 || indices[indices.length - 1] < featureCount
        : values.length == featureCount;
  }
}
