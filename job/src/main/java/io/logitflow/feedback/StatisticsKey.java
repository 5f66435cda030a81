package io.logitflow.feedback;

/**
 * What statistics are kept apart by.
 *
 * @param modelVersion version of the model; 0 for labels without a prediction
 * @param calibrationVersion version of the calibration
 * @param challenger whether that version was a challenger
 * @param segment segment; empty: all records
 * @param classes number of classes
 * @param windowStart start of the window in ms since the epoch
 */
public record StatisticsKey(
    long modelVersion,
    int calibrationVersion,
    boolean challenger,
    String segment,
    int classes,
    long windowStart) {

  /** Of labels whose prediction is not known. */
  static StatisticsKey unmatched(long windowStart) {
    return new StatisticsKey(0, 0, false, "", 1, windowStart);
  }

  boolean isUnmatched() {
    return modelVersion == 0;
  }

  /** Written out, because savepoints depend on it and that of a record may change with the JDK. */
  @Override
  public int hashCode() {
    int hash = Long.hashCode(modelVersion);
    hash = 31 * hash + calibrationVersion;
    hash = 31 * hash + Boolean.hashCode(challenger);
    hash = 31 * hash + segment.hashCode();
    hash = 31 * hash + classes;
    return 31 * hash + Long.hashCode(windowStart);
  }
}
