package io.logitflow.config;

import java.io.Serializable;

/**
 * Whose probabilities are learned beside the labels.
 *
 * @param from {@code champion}, or the number of a version; empty: nobody's
 * @param temperature what the logits of both are divided by, above 0
 * @param share of the loss, above 0 and at most 1
 */
public record DistillationConfig(String from, double temperature, double share)
    implements Serializable {

  /** The text form of the version that serves. */
  public static final String CHAMPION = "champion";

  /** Labels alone. */
  public static final DistillationConfig NONE = new DistillationConfig("", 2, 0.5);

  /** Whether only labels are learned from. */
  public boolean isNone() {
    return from.isEmpty();
  }

  /** Whether it is the version that serves, which there may not be yet. */
  public boolean isFromChampion() {
    return from.equals(CHAMPION);
  }
}
