package io.logitflow.learning.shards;

import io.logitflow.classifier.Normaliser;
import io.logitflow.training.LinearShape;
import io.logitflow.training.LossSum;
import io.logitflow.training.Progress;
import io.logitflow.training.StopReason;
import io.logitflow.training.Targets;
import io.logitflow.training.TrainedWeights;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingReport;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What training on shards came to.
 *
 * @param shape of the model
 * @param targets what the rows said of their classes
 * @param rows number of rows that it was trained with
 * @param heldOutRows number of rows that were held out
 * @param normaliser standardisation that the point is for; empty for features as they are
 * @param point parameters, laid out as {@link LinearShape} says
 * @param objective its value at the point: mean loss with penalties
 * @param reason why the optimiser ended
 * @param resumedAt iterations that sessions before a failure had made; 0 if there was none
 * @param iterations of all sessions
 * @param evaluations rounds of loss and gradient of the last session
 * @param training sums over the rows trained with, at the point
 * @param heldOut sums over the rows held out, at the point; its gradient is 0
 */
public record ShardedOutcome(
    LinearShape shape,
    Targets targets,
    long rows,
    long heldOutRows,
    Optional<Normaliser> normaliser,
    double[] point,
    double objective,
    StopReason reason,
    int resumedAt,
    int iterations,
    int evaluations,
    LossSum training,
    LossSum heldOut) {

  private static final List<Targets> TARGETS = List.of(Targets.values());
  private static final List<StopReason> REASONS = List.of(StopReason.values());
  private static final int HEADER = 11;

  /** The weights, with a report of which only the last step is known. */
  public TrainedWeights toTrainedWeights(TrainerOptions options) {
    TrainingReport report =
        new TrainingReport(
            Math.toIntExact(rows),
            Math.toIntExact(heldOutRows),
            List.of(new Progress(iterations, objective, heldOut.meanLoss(), heldOut.accuracy())),
            reason,
            training,
            heldOut);
    return new TrainedWeights(shape, point, normaliser, targets, options, report);
  }

  double[] toVector() {
    double[] trained = Sums.toVector(training);
    double[] judged = Sums.toVectorWithoutGradient(heldOut);
    int scales = normaliser.isPresent() ? 2 * shape.features() : 0;
    DoubleBuffer vector =
        DoubleBuffer.allocate(HEADER + scales + point.length + trained.length + judged.length)
            .put(shape.classes())
            .put(shape.features())
            .put(TARGETS.indexOf(targets))
            .put((double) rows)
            .put((double) heldOutRows)
            .put(normaliser.isPresent() ? 1 : 0)
            .put(objective)
            .put(REASONS.indexOf(reason))
            .put(resumedAt)
            .put(iterations)
            .put(evaluations);
    normaliser.ifPresent(n -> vector.put(n.mean().toDoubles()).put(n.scale().toDoubles()));
    return vector.put(point).put(trained).put(judged).array();
  }

  /** Reads what a coordinator with this class has sent as the result. */
  public static ShardedOutcome fromVector(double[] array) {
    DoubleBuffer vector = DoubleBuffer.wrap(array);
    LinearShape shape = new LinearShape((int) vector.get(), (int) vector.get());
    Targets targets = TARGETS.get((int) vector.get());
    long rows = (long) vector.get();
    long heldOutRows = (long) vector.get();
    boolean standardised = vector.get() == 1;
    double objective = vector.get();
    StopReason reason = REASONS.get((int) vector.get());
    int resumedAt = (int) vector.get();
    int iterations = (int) vector.get();
    int evaluations = (int) vector.get();
    Optional<Normaliser> normaliser = Optional.empty();
    if (standardised) {
      double[] mean = take(vector, shape.features());
      normaliser = Optional.of(Preparation.normaliser(mean, take(vector, shape.features())));
    }
    double[] point = take(vector, shape.size());
    LossSum training = Sums.add(List.of(take(vector, Sums.length(shape))), shape);
    LossSum heldOut = Sums.add(List.of(take(vector, vector.remaining())), shape);
    return new ShardedOutcome(
        shape,
        targets,
        rows,
        heldOutRows,
        normaliser,
        point,
        objective,
        reason,
        resumedAt,
        iterations,
        evaluations,
        training,
        heldOut);
  }

  private static double[] take(DoubleBuffer vector, int count) {
    double[] values = new double[count];
    vector.get(values);
    return values;
  }

  @Override
  public String toString() {
    return "%d rows, %s after %d iterations (%d before a failure), objective %s, held out %s"
        .formatted(rows, reason, iterations, resumedAt, objective, heldOut.meanLoss());
  }
}
