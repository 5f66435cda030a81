package io.logitflow.learning.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.learning.rounds.Shards;
import io.logitflow.learning.rounds.TrainingProgress;
import io.logitflow.training.LbfgsOptions;
import io.logitflow.training.LinearShape;
import io.logitflow.training.LossOptions;
import io.logitflow.training.MiniBatchOptions;
import io.logitflow.training.Precision;
import io.logitflow.training.Start;
import io.logitflow.training.StepRule;
import io.logitflow.training.TrainedWeights;
import io.logitflow.training.Trainer;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shards in this thread against {@link Trainer} with all rows, on the first rows of digits. */
class ShardedTrainingTest {

  private static final int ROWS = 400;
  private static final int HELD_OUT = 100;
  private static final int CLASSES = 10;

  /** Tight, and in float64, so that both stop at the optimum and not merely near it. */
  private static final TrainerOptions TIGHT =
      TrainerOptions.DEFAULTS
          .withSolver(new LbfgsOptions(10, 500, 1e-7, 0))
          .withPrecision(Precision.FLOAT64);

  private static Rows digits;

  private final Workers workers = new Workers(1);

  @BeforeAll
  static void readRows() throws Exception {
    digits = DatasetCatalogue.open("digits").rows(Split.TRAIN);
  }

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  @ParameterizedTest(name = "standardised {0}, balanced {1}, l1 {2}")
  @CsvSource({"false, false, 0", "true, true, 0", "true, false, 2"})
  void findsTheOptimumOfOneTrainer(boolean standardise, boolean balanced, double l1)
      throws Exception {
    TrainerOptions options = TIGHT.withStandardise(standardise).withPenalties(1, l1);
    TrainingRows all = rows(0, ROWS, 1);
    TrainerOptions balancedOptions =
        balanced
            ? options.withLoss(
                new LossOptions(0, LossOptions.balancedClassWeights(all), Optional.empty()))
            : options;
    TrainedWeights expected =
        new Trainer(balancedOptions, workers)
            .train(all, Optional.of(rows(ROWS, ROWS + HELD_OUT, 1)));

    ShardPlan plan = new ShardPlan(options, balanced);
    ShardedOutcome outcome = train(plan, shards(plan, 3, Optional.empty()));

    assertThat(outcome.rows()).isEqualTo(ROWS);
    assertThat(outcome.heldOutRows()).isEqualTo(HELD_OUT);
    assertThat(outcome.training().loss())
        .isCloseTo(
            expected.report().training().loss(),
            within(1e-6 * expected.report().training().loss()));
    assertThat(outcome.heldOut().meanLoss())
        .isCloseTo(expected.report().holdout().meanLoss(), within(1e-6));
    assertThat(outcome.heldOut().correct()).isEqualTo(expected.report().holdout().correct());
    assertThat(outcome.point()).containsExactly(expected.point(), within(1e-4));
    assertThat(outcome.toTrainedWeights(options).normaliser().isPresent()).isEqualTo(standardise);
  }

  @Test
  void startsWhereAShardSays() throws Exception {
    ShardPlan plan = new ShardPlan(TIGHT, false);
    ShardedOutcome cold = train(plan, shards(plan, 2, Optional.empty()));
    ShardedOutcome warm =
        train(plan, shards(plan, 2, Optional.of(new Start.Resumed(cold.point()))));

    assertThat(warm.iterations()).isLessThan(cold.iterations() / 4);
    assertThat(warm.objective()).isCloseTo(cold.objective(), within(1e-9));
  }

  @Test
  void goesOnFromThePointOfASessionBefore() throws Exception {
    ShardPlan plan = new ShardPlan(TIGHT, false);
    Shards shards = shards(plan, 2, Optional.empty());
    List<TrainingProgress> progress = new ArrayList<>();
    ShardedOutcome whole =
        ShardedOutcome.fromVector(
            new ShardedTraining(() -> plan)
                .train(shards, TrainingProgress.begun(1), progress::add));

    ShardedOutcome resumed =
        ShardedOutcome.fromVector(
            new ShardedTraining(() -> plan)
                .train(shards, progress.get(whole.iterations() / 2 - 1), unused -> {}));

    assertThat(progress).hasSize(whole.iterations());
    assertThat(resumed.resumedAt()).isEqualTo(whole.iterations() / 2);
    assertThat(resumed.evaluations()).isLessThan(whole.evaluations());
    assertThat(resumed.objective()).isCloseTo(whole.objective(), within(1e-9));
  }

  @Test
  void needsARow() {
    ShardPlan plan = new ShardPlan(TIGHT, false);
    ShardRows none = new ShardRows(rows(0, 0, 1), rows(0, 0, 1));
    RowShard empty = new RowShard(() -> none, Optional.empty(), plan, workers);
    assertThatThrownBy(() -> train(plan, (step, question) -> List.of(empty.answer(step, question))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no shard has a row to train with");
  }

  @Test
  void needsRowsOfOneShape() {
    ShardPlan plan = new ShardPlan(TIGHT, false);
    TrainingRows other = TrainingRows.builder(2, CLASSES).add(new float[] {1, 2}, 0).build();
    RowShard digitRows = shard(plan, rows(0, 10, 1), Optional.empty());
    RowShard others =
        new RowShard(
            () -> new ShardRows(other, TrainingRows.builder(2, CLASSES).build()),
            Optional.empty(),
            plan,
            workers);
    assertThatThrownBy(
            () ->
                train(
                    plan,
                    (step, question) ->
                        List.of(digitRows.answer(step, question), others.answer(step, question))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(new LinearShape(CLASSES, 2).toString())
        .hasMessageContaining(new LinearShape(CLASSES, 64).toString());
  }

  @Test
  void refusesMiniBatches() {
    TrainerOptions sgd =
        TrainerOptions.DEFAULTS.withSolver(MiniBatchOptions.of(new StepRule.Sgd(0.1, 0)));
    assertThatThrownBy(() -> new ShardPlan(sgd, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("solver sgd on shards, expected lbfgs or owlqn");
  }

  private static ShardedOutcome train(ShardPlan plan, Shards shards) throws Exception {
    return ShardedOutcome.fromVector(
        new ShardedTraining(() -> plan).train(shards, TrainingProgress.begun(1), progress -> {}));
  }

  /** Each has every count-th row; one more has none. All held-out rows are in the last. */
  private Shards shards(ShardPlan plan, int count, Optional<Start> start) {
    List<RowShard> shards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TrainingRows heldOut = i == count - 1 ? rows(ROWS, ROWS + HELD_OUT, 1) : rows(0, 0, 1);
      ShardRows rows = new ShardRows(rows(i, ROWS, count), heldOut);
      Optional<Start> mine = i == 1 ? start : Optional.empty();
      shards.add(new RowShard(() -> rows, mine, plan, workers));
    }
    shards.add(shard(plan, TrainingRows.builder(1, 1).build(), Optional.empty()));
    return (step, question) -> shards.stream().map(shard -> shard.answer(step, question)).toList();
  }

  private RowShard shard(ShardPlan plan, TrainingRows rows, Optional<Start> start) {
    TrainingRows none = TrainingRows.builder(rows.features(), rows.classes()).build();
    return new RowShard(() -> new ShardRows(rows, none), start, plan, workers);
  }

  private static TrainingRows rows(int from, int to, int step) {
    TrainingRows.Builder builder = TrainingRows.builder(digits.featureCount(), CLASSES);
    Row row = digits.newRow();
    IntStream.iterate(from, i -> i < to, i -> i + step)
        .forEach(
            i -> {
              digits.read(i, row);
              builder.add(row.features(), row.label());
            });
    return builder.build();
  }
}
