package io.logitflow.learning;

import io.logitflow.learning.rounds.Shard;
import io.logitflow.learning.rounds.Step;
import io.logitflow.learning.shards.RowShard;
import io.logitflow.learning.shards.ShardRows;
import io.logitflow.learning.shards.ShardedOutcome;
import io.logitflow.training.LinearShape;
import io.logitflow.training.Start;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import io.logitflow.training.sample.HeldOut;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rows of a sample that a subtask has, in a training of several. The first subtask says what is
 * trained, has all held-out rows, and finishes the training.
 */
final class SampledShard implements Shard {

  /** Stands for rows that nobody wants to train with any more. */
  static final Shard LEFT_OUT = (step, question) -> TrainingTerms.NO_TRAINING;

  private final TrainingSettings settings;
  private final SampleAssembly input;
  private final int subtask;
  private final Workers workers;

  private TrainingRun run;
  private Optional<TrainingOutcome> settled = Optional.empty();
  private RowShard rows;

  /**
   * Creates the shard of a subtask.
   *
   * @param input the sample, with the features of its own rows
   */
  SampledShard(TrainingSettings settings, SampleAssembly input, int subtask, Workers workers) {
    this.settings = settings;
    this.input = input;
    this.subtask = subtask;
    this.workers = workers;
  }

  private boolean leads() {
    return subtask == ShardDivision.LEADER;
  }

  @Override
  public double[] answer(Step step, double[] question) {
    return switch (step) {
      case PROPOSE -> leads() ? propose() : new double[0];
      case AGREE -> {
        agree(TrainingTerms.fromVector(question));
        yield new double[0];
      }
      default -> rows.answer(step, question);
    };
  }

  private double[] propose() {
    // Asked again after the failure of another shard: what was said then still holds.
    if (run == null) {
      run = new TrainingRun(settings, input);
      settled = run.prepare();
    }
    return settled.isPresent()
        ? TrainingTerms.NO_TRAINING
        : new TrainingTerms(run.data().featureCount(), run.data().classes().names()).toVector();
  }

  private void agree(TrainingTerms terms) {
    TrainingData data = leads() ? run.data() : divide(terms);
    ShardDivision division = settings.division();
    Optional<Start> start =
        leads()
            ? Optional.of(
                settings
                    .sharded()
                    .start(
                        new LinearShape(terms.classNames().size(), terms.features()),
                        run.champion()))
            : Optional.empty();
    rows =
        new RowShard(
            () -> {
              TrainingRows heldOut = leads() ? data.stoppingRows() : data.noRows();
              return new ShardRows(
                  data.trainingRows(row -> division.owner(row) == subtask), heldOut);
            },
            start,
            settings.sharded().plan(),
            workers);
  }

  private TrainingData divide(TrainingTerms terms) {
    return TrainingData.of(
        input.sample(),
        input.tally(),
        TrainingClasses.of(terms.classNames()),
        OptionalInt.of(terms.features()),
        new HeldOut(settings.sample().holdout()));
  }

  /**
   * Judges and publishes; of the first subtask only. It takes its time.
   *
   * @param result of the training, see {@link AgreedTraining}
   * @return what came of it; empty if another subtask had no rows for it any more
   */
  Optional<TrainingOutcome> finish(double[] result) {
    return result.length == 0
        ? settled
        : Optional.of(
            run.finish(
                ShardedOutcome.fromVector(result)
                    .toTrainedWeights(settings.sharded().options(run.data()))));
  }
}
