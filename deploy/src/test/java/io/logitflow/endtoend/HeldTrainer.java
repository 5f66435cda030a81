package io.logitflow.endtoend;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.learning.ModelTrainer;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingResult;
import io.logitflow.training.TrainingRows;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A trainer that a test holds up while it trains. Cluster and test share a JVM. */
final class HeldTrainer implements ModelTrainer {

  private static volatile CountDownLatch begun = new CountDownLatch(1);
  private static volatile CountDownLatch released = new CountDownLatch(1);

  private final ModelTrainer trainer;

  private HeldTrainer(ModelTrainer trainer) {
    this.trainer = trainer;
  }

  /** Holds up what another one makes. */
  static Factory of(Factory trainers) {
    begun = new CountDownLatch(1);
    released = new CountDownLatch(1);
    return new HeldFactory(trainers);
  }

  private record HeldFactory(Factory trainers) implements Factory {

    @Override
    public ModelTrainer create() {
      return new HeldTrainer(trainers.create());
    }

    @Override
    public Optional<String> lacking() {
      return trainers.lacking();
    }

    @Override
    public String describe() {
      return trainers.describe();
    }
  }

  /** Waits until a training has begun. */
  static void awaitBegin() throws InterruptedException {
    begun.await();
  }

  /** Lets trainings go on, this one and all that follow. */
  static void release() {
    released.countDown();
  }

  @Override
  public TrainingResult train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Optional<Model> champion,
      TrainingListener listener,
      BooleanSupplier cancelled)
      throws InvalidModelException {
    begun.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("The training was given up", e);
    }
    return trainer.train(rows, holdout, champion, listener, cancelled);
  }
}
