package io.logitflow.learning;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingResult;
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

    /**
     * Makes ready for training in this JVM what that needs, and says what is missing and what to
     * do; empty if nothing is.
     */
    Optional<String> lacking();

    /** Everything that the weights depend on beside rows and champion, as text. */
    String describe();
  }

  /**
   * Trains.
   *
   * @param rows rows to train with: with a class each, or probabilities of another model beside it
   * @param holdout rows to stop by, which are not trained with; of the same kind
   * @param champion the model that serves, to begin at
   * @param listener is told how it goes on
   * @param cancelled whether the result is not wanted any more
   * @throws InvalidModelException if a model such as this cannot be trained here; it says why
   */
  TrainingResult train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Optional<Model> champion,
      TrainingListener listener,
      BooleanSupplier cancelled)
      throws InvalidModelException;
}
