package io.logitflow.training;

import io.logitflow.classifier.Normaliser;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Trains the parameters of a network by mini-batches of rows with a class, or another model's
 * probabilities. Order of the rows, steps, penalty and early stopping are those of linear models;
 * loss and gradient are the network's.
 */
public final class NetworkTrainer {

  /** Rows that are judged at a time. */
  private static final int JUDGED_ROWS = 1024;

  private final TrainerOptions options;
  private final MiniBatchOptions solver;
  private final NetworkLoss loss;

  /**
   * What training yields.
   *
   * @param point the parameters
   * @param normaliser standardisation that they are for; empty for features as they are
   * @param report how it went
   */
  public record Trained(double[] point, Optional<Normaliser> normaliser, TrainingReport report) {}

  /**
   * A trainer.
   *
   * @throws IllegalArgumentException if the solver is not one of mini-batches
   */
  public NetworkTrainer(TrainerOptions options, NetworkLoss loss) {
    if (!(options.solver() instanceof MiniBatchOptions batches)) {
      throw new IllegalArgumentException(
          "hidden layers train by mini-batches, expected SGD or Adam instead of L-BFGS");
    }
    this.options = options;
    this.solver = batches;
    this.loss = loss;
  }

  /**
   * Trains, on the calling thread.
   *
   * @param start parameters to begin with, for features that are standardised so; not changed
   * @throws IllegalArgumentException as {@link Trainer#train}, and if rows have label sets
   */
  public Trained train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Function<Optional<Normaliser>, double[]> start,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    Trainer.check(options, rows, holdout);
    if (rows.targets() == Targets.LABEL_SETS) {
      throw new IllegalArgumentException(
          "rows with %s, but hidden layers train with %s or %s"
              .formatted(rows.targets(), Targets.CLASSES, Targets.TEACHER));
    }
    Optional<Normaliser> normaliser =
        options.standardise()
            ? Optional.of(FeatureMoments.of(rows).toNormaliser())
            : Optional.empty();
    TrainingRows scaled = normaliser.map(rows::standardised).orElse(rows);
    Optional<TrainingRows> judged =
        normaliser.isPresent() ? holdout.map(h -> h.standardised(normaliser.get())) : holdout;
    double[] point = start.apply(normaliser).clone();
    MiniBatches batches =
        new MiniBatches(
            scaled,
            (blocks, at) -> sum(blocks, rows, options.loss(), at),
            loss.weights(),
            solver.batchSize(),
            solver,
            options.l2(),
            options.loss().weight(rows),
            options.seed(),
            point);
    LossOptions plain = options.loss().plain();
    Holdout judge = new Holdout(at -> judged.map(r -> judge(r, plain, at)).orElse(nothing()));
    Course course = new Course(judge, listener);
    new EpochLoop(solver, batches).run(point, course, cancelled);
    TrainingReport report =
        new TrainingReport(
            rows.size(),
            holdout.map(TrainingRows::size).orElse(0),
            course.steps(),
            course.reason(),
            judge(scaled, options.loss(), course.point()),
            judge.sum(course.point()));
    return new Trained(course.point(), normaliser, report);
  }

  private LossSum nothing() {
    return new LossSum(0, 0, 0, new double[loss.size()]);
  }

  private LossSum sum(
      List<RowBlock> blocks, TrainingRows rows, LossOptions lossOptions, double[] at) {
    LossSum sum = nothing();
    for (RowBlock block : blocks) {
      sum =
          sum.plus(
              loss.sum(NetworkBatch.of(block, rows.targets(), rows.classes(), lossOptions), at));
    }
    return sum;
  }

  private LossSum judge(TrainingRows rows, LossOptions lossOptions, double[] at) {
    LossSum sum = nothing();
    int[] order = new int[rows.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RowBlock block =
        new RowBlock(
            Math.min(JUDGED_ROWS, order.length),
            rows.features(),
            rows.classes(),
            rows.targets(),
            rows.exact());
    for (int from = 0; from < order.length; from += JUDGED_ROWS) {
      rows.gather(order, from, Math.min(JUDGED_ROWS, order.length - from), block);
      sum = sum.plus(sum(List.of(block), rows, lossOptions, at));
    }
    return sum;
  }
}
