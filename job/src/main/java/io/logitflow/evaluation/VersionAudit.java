package io.logitflow.evaluation;

/**
 * Predictions of a version that were compared with what it says.
 *
 * @param predictions how many
 * @param differences how many of them differ
 * @param largestMiss the largest distance of a probability among those that do not, as a part of
 *     what the numerics contract allows
 */
public record VersionAudit(long predictions, long differences, double largestMiss) {

  /** The predictions of both. */
  public VersionAudit plus(VersionAudit other) {
    return new VersionAudit(
        predictions + other.predictions,
        differences + other.differences,
        Math.max(largestMiss, other.largestMiss));
  }
}
