package io.logitflow.evaluation;

import java.util.Locale;

/** In what a prediction differs from what its version says of the record. */
public enum DifferenceKind {
  /** Other weights than those of the version. */
  CHECKSUM,
  /** Another calibration than that of the version. */
  CALIBRATION,
  /** Another class, though the version is not undecided between the two. */
  LABEL,
  /** A name that is not that of the class. */
  LABEL_NAME,
  /** Other probabilities, beyond the numerics contract, or not as many. */
  PROBABILITIES,
  /** A confidence that is not the probability of the class, beyond the numerics contract. */
  CONFIDENCE;

  /** The name in reports, such as {@code label-name}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
