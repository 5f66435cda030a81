package io.logitflow.training;

import io.logitflow.classifier.Normaliser;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains a linear model of rows in memory. The same options, rows and start give the same bits on
 * the same kernels, by any number of threads.
 */
public final class Trainer {

  private final TrainerOptions options;
  private final Workers workers;

  /**
   * A trainer.
   *
   * @param workers used by one training at a time; the caller closes them
   */
  public Trainer(TrainerOptions options, Workers workers) {
    this.options = Objects.requireNonNull(options, "options");
    this.workers = Objects.requireNonNull(workers, "workers");
  }

  /** Trains from a drawn start, to the end. */
  public TrainedWeights train(TrainingRows rows, Optional<TrainingRows> holdout) {
    Start start = new Start.Drawn(options.initialisation(), options.seed());
    return train(rows, holdout, start, TrainingListener.NONE, () -> false);
  }

  /**
   * Trains, on the calling thread and the workers.
   *
   * @param holdout rows to judge by, which are not trained with
   * @param cancelled asked between steps; so is the interrupt of the thread, which stays. What was
   *     reached by then is returned
   * @throws IllegalArgumentException if rows, holdout, start and options do not fit each other, or
   *     no row has a weight
   */
  public TrainedWeights train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Start start,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    check(options, rows, holdout);
    Optional<Normaliser> normaliser =
        options.standardise()
            ? Optional.of(FeatureMoments.of(rows).toNormaliser())
            : Optional.empty();
    TrainingRows scaled = normaliser.map(rows::standardised).orElse(rows);
    Optional<TrainingRows> scaledHoldout =
        normaliser.isPresent() ? holdout.map(h -> h.standardised(normaliser.get())) : holdout;
    Holdout judge = Holdout.linear(scaledHoldout, rows.shape(), options, workers);
    double[] begin = start.point(rows.shape(), normaliser);
    Course course = new Course(judge, listener);
    if (options.solver() instanceof LbfgsOptions lbfgs) {
      minimise(lbfgs, scaled, begin, course, cancelled);
    } else if (options.solver() instanceof MiniBatchOptions batches) {
      new EpochLoop(batches, miniBatches(batches, scaled, begin)).run(begin, course, cancelled);
    }
    LossSum training =
        new LocalLoss(scaled, options.loss(), options.precision(), workers).sum(course.point());
    TrainingReport report =
        new TrainingReport(
            rows.size(),
            holdout.map(TrainingRows::size).orElse(0),
            course.steps(),
            course.reason(),
            training,
            judge.sum(course.point()));
    return new TrainedWeights(
        rows.shape(), course.point(), normaliser, rows.targets(), options, report);
  }

  private MiniBatches miniBatches(MiniBatchOptions batches, TrainingRows rows, double[] point) {
    BlockSums sums =
        new BlockSums(rows.shape(), rows.targets(), options.loss(), options.precision(), workers);
    return new MiniBatches(
        rows,
        sums,
        rows.shape().weights(),
        RowBlock.capacity(rows.features()),
        batches,
        options.l2(),
        options.loss().weight(rows),
        options.seed(),
        point);
  }

  private void minimise(
      LbfgsOptions lbfgs,
      TrainingRows rows,
      double[] start,
      Course course,
      BooleanSupplier cancelled) {
    LocalLoss loss = new LocalLoss(rows, options.loss(), options.precision(), workers);
    Minimiser minimiser =
        options.l1() > 0
            ? new OwlQn(lbfgs, options.l1() / options.loss().weight(rows), rows.shape().weights())
            : new Lbfgs(lbfgs);
    Minimum minimum =
        minimiser.minimise(
            new Objective(loss, options.l2()),
            start,
            iteration -> {
              if (iteration.number() > 0) {
                course.step(iteration.value(), iteration.point());
              }
            },
            cancelled);
    course.end(minimum.point(), minimum.reason());
  }

  static void check(TrainerOptions options, TrainingRows rows, Optional<TrainingRows> holdout) {
    options.loss().check(rows);
    if (options.solver() instanceof MiniBatchOptions batches
        && batches.patience() > 0
        && holdout.isEmpty()) {
      throw new IllegalArgumentException(
          "patience %d without a holdout to judge by".formatted(batches.patience()));
    }
    if (!(options.loss().weight(rows) > 0)) {
      throw new IllegalArgumentException(
          "%d rows of no weight, expected at least one with a weight above 0"
              .formatted(rows.size()));
    }
    if (holdout.isPresent()
        && (!holdout.get().shape().equals(rows.shape())
            || holdout.get().targets() != rows.targets()
            || holdout.get().size() == 0)) {
      throw new IllegalArgumentException(
          "a holdout of %d rows with %s and %s, expected at least 1 with %s and %s as the rows"
              .formatted(
                  holdout.get().size(),
                  holdout.get().shape(),
                  holdout.get().targets(),
                  rows.shape(),
                  rows.targets()));
    }
  }
}
