package io.logitflow.classifier;

/**
 * A model that is loaded, checked and ready to score.
 *
 * <p>Implementations are immutable and hold no scratch memory: threads may share one. Arrays are
 * row-major and owned by the caller; they may be longer than needed.
 *
 * <p>Numerics contract, for every implementation, batch size and vector width: probabilities agree
 * with a float64 reference within 1e-6 absolute plus 1e-5 relative and sum to 1 within 1e-6.
 */
public interface Classifier extends AutoCloseable {

  /** Number of features of a row. */
  int featureCount();

  /** Number of classes. */
  int classCount();

  /**
   * Scores {@code rows} rows.
   *
   * @param features input, {@code [rows, featureCount]}, before normalisation; a row in which one
   *     is NaN or infinite gets a logit that is not finite
   * @param rows number of rows, at least 1
   * @param logits output, {@code [rows, classCount]}: logits before calibration; infinite if beyond
   *     float32
   * @param probabilities output, {@code [rows, classCount]}: probabilities after calibration
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void classify(float[] features, int rows, float[] logits, float[] probabilities);

  /** Releases native memory, if the implementation holds any. */
  @Override
  void close();
}
