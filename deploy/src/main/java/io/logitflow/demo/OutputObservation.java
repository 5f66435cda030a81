package io.logitflow.demo;

import io.logitflow.schema.DeadLetterReason;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the output topics said up to a moment.
 *
 * @param scored records with a prediction, each counted once
 * @param doubled predictions of records that had one already
 * @param foreign records that nobody in the demo can have written
 * @param labelled records with a prediction and a label
 * @param correct those of them that were predicted rightly
 * @param deadLetters dead letters by reason, without reasons that did not occur
 * @param model the model of the prediction that was read last
 */
record OutputObservation(
    long scored,
    long doubled,
    long foreign,
    long labelled,
    long correct,
    Map<DeadLetterReason, Long> deadLetters,
    Optional<ServedModel> model) {

  private static final Set<DeadLetterReason> OF_MODELS =
      EnumSet.of(DeadLetterReason.MODEL_REFUSED, DeadLetterReason.UNKNOWN_MODEL_VERSION);

  /**
   * A model as predictions name it.
   *
   * @param version version of the model
   * @param checksum SHA-256 of its weights: the first hexadecimal digits
   */
  record ServedModel(long version, String checksum) {}

  /** Dead letters of feature records; those of models are not counted. */
  long rejectedRecords() {
    return deadLetters.entrySet().stream()
        .filter(entry -> !OF_MODELS.contains(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
