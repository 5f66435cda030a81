package io.logitflow.training.sample;

/**
 * A part of a partition.
 *
 * @param from first offset, inclusive
 * @param to last offset, exclusive
 */
public record OffsetSpan(long from, long to) {

  /** The smallest part that holds both. */
  public OffsetSpan and(OffsetSpan other) {
    return new OffsetSpan(Math.min(from, other.from), Math.max(to, other.to));
  }
}
