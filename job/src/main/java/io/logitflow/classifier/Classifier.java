package io.logitflow.classifier;

/**
 * A model that is loaded, checked and ready to score.
 *
 * <p>Implementations are immutable and hold no scratch memory: threads may share one.
 *
 * <p>Numerics contract, for every implementation, batch size and vector width: probabilities agree
 * with a float64 reference within 1e-6 absolute plus 1e-5 relative, and those of one label per
 * record sum to 1 within 1e-6.
 */
public interface Classifier extends AutoCloseable {

  /** Number of features of a row. */
  int featureCount();

  /** Number of classes. */
  int classCount();

  /**
   * Scores a batch, dense or sparse: the same rows get the same scores, within the contract. A row
   * in which a feature is NaN or infinite gets a logit that is not finite.
   *
   * @param batch what goes in
   * @param scores takes what comes out
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void classify(FeatureBatch batch, Scores scores);

  /**
   * Whether a batch is worth a thread of its own, so that the caller collects the next one
   * meanwhile: where an engine computes, maybe on another device.
   */
  default boolean isOffloaded() {
    return false;
  }

  /** Releases native memory, if the implementation holds any. */
  @Override
  void close();
}
