package io.logitflow.learning.shards;

import io.logitflow.classifier.Normaliser;
import io.logitflow.learning.rounds.RoundProgram;
import io.logitflow.learning.rounds.Shards;
import io.logitflow.learning.rounds.Step;
import io.logitflow.learning.rounds.TrainingProgress;
import io.logitflow.training.Iteration;
import io.logitflow.training.Lbfgs;
import io.logitflow.training.LbfgsOptions;
import io.logitflow.training.LinearShape;
import io.logitflow.training.LossSum;
import io.logitflow.training.Minimiser;
import io.logitflow.training.Minimum;
import io.logitflow.training.Objective;
import io.logitflow.training.OwlQn;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * L-BFGS or OWL-QN over sums of loss and gradient: the same optimum as one shard with all rows has,
 * as both minimise the same strictly convex function if l2 is above 0. Each evaluation is one
 * round: the point goes to every shard, and as many numbers and three come back.
 */
public final class ShardedTraining implements RoundProgram {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(ShardedTraining.class);

  private final ShardPlan.Factory plans;

  /** Creates the program. */
  public ShardedTraining(ShardPlan.Factory plans) {
    this.plans = plans;
  }

  @Override
  public double[] train(
      Shards shards, TrainingProgress reached, Consumer<TrainingProgress> progress)
      throws InterruptedException {
    ShardPlan plan = plans.get();
    ShardSurvey survey = survey(shards);
    Optional<Normaliser> normaliser =
        plan.trainer().standardise()
            ? Optional.of(survey.moments().toNormaliser())
            : Optional.empty();
    List<Double> classWeights = plan.balanced() ? survey.balancedClassWeights() : List.of();
    Preparation preparation = new Preparation(survey.shape(), normaliser, classWeights);
    List<double[]> prepared = shards.ask(Step.PREPARE, preparation.toVector());

    SummedLoss loss = new SummedLoss(shards, survey.shape());
    Minimum minimum;
    try {
      minimum =
          minimiser(plan, reached.iterations(), weight(prepared), survey.shape())
              .minimise(
                  new Objective(loss, plan.trainer().l2()),
                  start(plan, reached, prepared, survey.shape()),
                  iteration -> tell(reached, iteration, progress),
                  () -> false);
    } catch (CancellationException stopped) {
      throw (InterruptedException)
          new InterruptedException(stopped.getMessage()).initCause(stopped);
    }
    LossSum training = Sums.add(shards.ask(Step.LOSS, minimum.point()), survey.shape());
    LossSum heldOut = Sums.add(shards.ask(Step.HELD_OUT, minimum.point()), survey.shape());
    ShardedOutcome outcome =
        new ShardedOutcome(
            survey.shape(),
            survey.targets(),
            survey.rows(),
            survey.heldOut(),
            normaliser,
            minimum.point(),
            minimum.value(),
            minimum.reason(),
            reached.iterations(),
            reached.iterations() + minimum.iterations(),
            minimum.evaluations(),
            training,
            heldOut);
    LOG.info("training {} ended: {}", reached.training(), outcome);
    return outcome.toVector();
  }

  /**
   * What all shards hold together.
   *
   * @throws IllegalArgumentException if none holds a row
   */
  private static ShardSurvey survey(Shards shards) throws InterruptedException {
    return shards.ask(Step.SURVEY, Sums.NOTHING).stream()
        .filter(answer -> answer.length > 0)
        .map(ShardSurvey::fromVector)
        .reduce(ShardSurvey::plus)
        .filter(survey -> survey.rows() > 0)
        .orElseThrow(() -> new IllegalArgumentException("no shard has a row to train with"));
  }

  private static Minimiser minimiser(
      ShardPlan plan, int iterationsBefore, double weight, LinearShape shape) {
    LbfgsOptions options = plan.lbfgs();
    LbfgsOptions left =
        new LbfgsOptions(
            options.history(),
            Math.max(0, options.maxIterations() - iterationsBefore),
            options.gradientTolerance(),
            options.decreaseTolerance());
    return plan.trainer().l1() > 0
        ? new OwlQn(left, plan.trainer().l1() / weight, shape.weights())
        : new Lbfgs(left);
  }

  private static double weight(List<double[]> prepared) {
    return prepared.stream().mapToDouble(answer -> answer[0]).sum();
  }

  /** Where a session before got to, else where a shard says, else as the options say. */
  private static double[] start(
      ShardPlan plan, TrainingProgress reached, List<double[]> prepared, LinearShape shape) {
    if (reached.point().length == shape.size()) {
      return reached.point();
    }
    for (double[] answer : prepared) {
      if (answer.length == 1 + shape.size()) {
        double[] point = new double[shape.size()];
        System.arraycopy(answer, 1, point, 0, point.length);
        return point;
      }
    }
    return plan.trainer().initialisation().point(shape, plan.trainer().seed());
  }

  private static void tell(
      TrainingProgress reached, Iteration iteration, Consumer<TrainingProgress> progress) {
    if (iteration.number() > 0) {
      int number = reached.iterations() + iteration.number();
      LOG.debug(
          "training {}: iteration {}, objective {}, gradient {}",
          reached.training(),
          number,
          iteration.value(),
          iteration.gradientSize());
      progress.accept(new TrainingProgress(reached.training(), number, iteration.point()));
    }
  }
}
