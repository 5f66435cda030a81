package io.logitflow.promotion;

import java.io.Serializable;

/**
 * When a champion counts as worse than it was.
 *
 * @param tolerance by how much its error rate may exceed the upper bound of the one that it had at
 *     first, above 0
 * @param referenceLabels labels of its first complete windows that tell the error rate that it had,
 *     at least 1; also the labels after a first alarm until the next one can follow
 */
public record DriftPolicy(double tolerance, long referenceLabels) implements Serializable {

  /** Windows until a false alarm on average, at least. */
  public static final double AVERAGE_RUN_LENGTH = 1000;
}
