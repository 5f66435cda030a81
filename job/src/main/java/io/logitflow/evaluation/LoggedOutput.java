package io.logitflow.evaluation;

/**
 * What a prediction says of its record and of the version that made it. Immutable by agreement:
 * nobody writes into its array.
 *
 * @param weights checksum of the weights in hexadecimal digits
 * @param calibrationVersion version of the calibration
 * @param label index of the predicted class
 * @param labelName name of the predicted class; null in a shadow prediction, which has none
 * @param confidence probability of the predicted class
 * @param probabilities probability of each class
 */
public record LoggedOutput(
    String weights,
    int calibrationVersion,
    int label,
    String labelName,
    float confidence,
    float[] probabilities) {

  /** For people: class, confidence, calibration and the beginning of the checksum. */
  public String text() {
    return "class %d%s with %s, calibration %d, weights %.8s"
        .formatted(
            label,
            labelName == null ? "" : " (" + labelName + ")",
            confidence,
            calibrationVersion,
            weights);
  }
}
