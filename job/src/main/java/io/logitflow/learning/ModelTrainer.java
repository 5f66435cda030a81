package io.logitflow.learning;

import io.logitflow.classifier.Model;
import io.logitflow.training.TrainedWeights;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingRows;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What finds the weights of a model. Used by one thread at a time. */
public interface ModelTrainer {

  /** Makes trainers where they are needed. */
  interface Factory extends Serializable {

    /** Makes one. */
    ModelTrainer create();

    /** Everything that the weights depend on beside rows and champion, as text. */
    String describe();
  }

  /**
   * Trains.
   *
   * @param rows rows to train with
   * @param holdout rows to stop by, which are not trained with
   * @param champion the model that serves, to begin at
   * @param listener is told how it goes on
   * @param cancelled whether the result is not wanted any more
   */
  TrainedWeights train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Optional<Model> champion,
      TrainingListener listener,
      BooleanSupplier cancelled);
}
