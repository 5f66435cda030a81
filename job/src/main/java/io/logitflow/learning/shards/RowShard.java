package io.logitflow.learning.shards;

import io.logitflow.learning.rounds.Shard;
import io.logitflow.learning.rounds.Step;
import io.logitflow.training.LocalLoss;
import io.logitflow.training.LossOptions;
import io.logitflow.training.Start;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A shard of rows in memory. Sums over no rows are left out of the answers, so that a shard without
 * rows need not know their shape.
 */
public final class RowShard implements Shard {

  private final Supplier<ShardRows> source;
  private final Optional<Start> start;
  private final ShardPlan plan;
  private final Workers workers;

  private ShardRows rows;
  private Optional<LocalLoss> training = Optional.empty();
  private Optional<LocalLoss> heldOut = Optional.empty();

  /**
   * Creates a shard.
   *
   * @param source makes the rows, once, on the thread that answers: what it takes them from must
   *     not change any more
   * @param start where to start; in one shard at most
   * @param plan the same as that of the coordinator
   * @param workers threads that share the work of an answer
   */
  public RowShard(
      Supplier<ShardRows> source, Optional<Start> start, ShardPlan plan, Workers workers) {
    this.source = source;
    this.start = start;
    this.plan = plan;
    this.workers = workers;
  }

  @Override
  public double[] answer(Step step, double[] question) {
    return switch (step) {
      case SURVEY -> survey();
      case PREPARE -> prepare(Preparation.fromVector(question));
      case LOSS -> training.map(loss -> Sums.toVector(loss.sum(question))).orElse(Sums.NOTHING);
      case HELD_OUT ->
          heldOut
              .map(loss -> Sums.toVectorWithoutGradient(loss.sum(question)))
              .orElse(Sums.NOTHING);
      case PROPOSE, AGREE, RESULT ->
          throw new IllegalArgumentException(step + " is no question about rows");
    };
  }

  private double[] survey() {
    // Asked again after the failure of another shard: rows are still there.
    rows = rows == null ? source.get() : rows;
    return rows.isEmpty() ? Sums.NOTHING : ShardSurvey.of(rows).toVector();
  }

  private double[] prepare(Preparation preparation) {
    LossOptions options = plan.loss(preparation.classWeights());
    training = loss(rows.training(), preparation, options);
    heldOut = loss(rows.heldOut(), preparation, plan.heldOutLoss());
    double[] point =
        start.map(s -> s.point(preparation.shape(), preparation.normaliser())).orElse(Sums.NOTHING);
    double[] answer = new double[1 + point.length];
    answer[0] = rows.training().size() == 0 ? 0 : options.weight(rows.training());
    System.arraycopy(point, 0, answer, 1, point.length);
    return answer;
  }

  private Optional<LocalLoss> loss(TrainingRows of, Preparation preparation, LossOptions options) {
    if (of.size() == 0) {
      return Optional.empty();
    }
    TrainingRows scaled = preparation.normaliser().map(of::standardised).orElse(of);
    return Optional.of(new LocalLoss(scaled, options, plan.trainer().precision(), workers));
  }
}
