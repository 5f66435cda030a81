package io.logitflow.scoring;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.schema.ModelRole;

/** Makes a model version ready to serve, without keeping the task waiting. */
interface ModelLoading {

  /**
   * Starts to load a version.
   *
   * @param alias alias that names the version
   * @param role what the version will be
   * @param container the version in its container
   * @param listener hears of the outcome on the task thread
   */
  void load(String alias, ModelRole role, byte[] container, Listener listener);

  /** Hears of the outcome. */
  interface Listener {
    void loaded(String alias, ServingModel model) throws Exception;

    void refused(String alias, InvalidModelException reason) throws Exception;
  }
}
