package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.kernel.Argmax;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {

  private static final ModelIdentity IDENTITY =
      new ModelIdentity(
          "toy",
          3,
          Instant.EPOCH,
          List.of("a", "b", "c", "d"),
          List.of(),
          OptionalLong.of(2),
          "1.0",
          "features[0]@0-999",
          Map.of("trigger", "schedule"));

  private final Workers workers = new Workers(2);

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  private final TrainingRows rows = LossTest.rows(Targets.CLASSES, 0, 1000);
  private final TrainingRows holdout = LossTest.rows(Targets.CLASSES, 1000, 1400);

  private static TrainerOptions miniBatches(StepRule rule, int epochs, int patience) {
    return TrainerOptions.DEFAULTS
        .withSolver(new MiniBatchOptions(rule, 64, epochs, true, patience))
        .withInitialisation(Initialisation.NORMAL, 7);
  }

  /** A strong penalty, so that mini-batches need no thousand epochs. */
  @Test
  void everySolverComesToTheSameOptimum() {
    double least = objective(TrainerOptions.DEFAULTS);
    assertThat(least).isLessThan(Math.log(4));

    assertThat(objective(miniBatches(new StepRule.Sgd(0.05, 0), 200, 0)))
        .isBetween(least, least * 1.01);
    assertThat(objective(miniBatches(new StepRule.Sgd(0.005, 0.9), 200, 0)))
        .isBetween(least, least * 1.01);
    assertThat(objective(miniBatches(StepRule.Adam.of(0.001), 300, 0)))
        .isBetween(least, least * 1.01);
  }

  private double objective(TrainerOptions options) {
    TrainedWeights trained =
        new Trainer(options.withPenalties(300, 0), workers).train(rows, Optional.empty());
    LocalLoss loss = new LocalLoss(rows, LossOptions.PLAIN, Precision.FLOAT64, workers);
    return new Objective(loss, 300).evaluate(trained.point(), new double[rows.shape().size()]);
  }

  @Test
  void sameSeedGivesTheSameBitsByAnyNumberOfThreads() {
    TrainerOptions options = miniBatches(new StepRule.Sgd(0.1, 0.5), 3, 0);
    double[] first = new Trainer(options, workers).train(rows, Optional.empty()).point();
    try (Workers one = new Workers(1)) {
      assertThat(new Trainer(options, one).train(rows, Optional.empty()).point())
          .containsExactly(first);
    }
    TrainerOptions other = options.withInitialisation(Initialisation.NORMAL, 8);
    assertThat(new Trainer(other, workers).train(rows, Optional.empty()).point())
        .isNotEqualTo(first);
  }

  @Test
  void trainingStopsWhenTheHoldoutGetsNoBetterAndYieldsTheBestPoint() {
    List<double[]> points = new ArrayList<>();
    TrainedWeights trained =
        new Trainer(miniBatches(new StepRule.Sgd(5, 0), 1000, 3), workers)
            .train(
                rows,
                Optional.of(holdout),
                new Start.Drawn(Initialisation.ZERO, 0),
                (progress, point) -> points.add(point),
                () -> false);

    List<Progress> steps = trained.report().steps();
    assertThat(trained.report().reason()).isEqualTo(StopReason.HOLDOUT);
    int best = steps.size() - 4;
    assertThat(trained.point()).containsExactly(points.get(best));
    assertThat(steps)
        .extracting(Progress::holdoutLoss)
        .allSatisfy(loss -> assertThat(loss).isGreaterThanOrEqualTo(steps.get(best).holdoutLoss()));
    assertThat(trained.report().holdout().meanLoss()).isEqualTo(steps.get(best).holdoutLoss());
  }

  @Test
  void cancelledTrainingYieldsWhatItHasReached() {
    List<Progress> told = new ArrayList<>();
    TrainedWeights trained =
        new Trainer(miniBatches(new StepRule.Sgd(0.1, 0), 1000, 0), workers)
            .train(
                rows,
                Optional.empty(),
                new Start.Drawn(Initialisation.ZERO, 0),
                (progress, point) -> told.add(progress),
                () -> told.size() == 5);

    assertThat(trained.report().reason()).isEqualTo(StopReason.CANCELLED);
    assertThat(told).hasSize(5);
    assertThat(trained.report().training().meanLoss()).isLessThan(Math.log(4));
  }

  @Test
  void rateThatIsTooLargeIsToldAndYieldsNoModel() {
    TrainedWeights trained =
        new Trainer(miniBatches(new StepRule.Sgd(1e200, 0), 5, 0), workers)
            .train(rows, Optional.empty());

    assertThat(trained.report().reason()).isEqualTo(StopReason.DIVERGED);
    assertThatThrownBy(() -> trained.toModel(IDENTITY, List.of()))
        .isInstanceOf(InvalidModelException.class);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void modelServesWhatWasTrainedAndSaysHow(Precision precision) throws Exception {
    TrainerOptions options = TrainerOptions.DEFAULTS.withStandardise(true).withPrecision(precision);
    TrainedWeights trained = new Trainer(options, workers).train(rows, Optional.of(holdout));
    Model model = trained.toModel(IDENTITY, List.of(rows.row(0), rows.row(1)));

    Classifiers.load(model, KernelChoice.AUTO).close();
    assertThat(model.provenance().origin()).isEqualTo("training");
    assertThat(model.provenance().parentVersion()).hasValue(2);
    assertThat(model.provenance().details())
        .containsEntry("trigger", "schedule")
        .containsEntry("solver", "lbfgs")
        .containsEntry("l2", "1.0")
        .containsEntry("standardise", "true")
        .containsEntry("training.rows", "1000")
        .containsEntry("holdout.rows", "400")
        .containsKeys("holdout.loss", "holdout.accuracy", "seed", "jdk");
    LinearView view = LinearView.of(model);
    double correct = 0;
    double weight = 0;
    for (int row = 0; row < holdout.size(); row++) {
      double[] logits = view.logits(holdout.row(row));
      double w = holdout.blocks().get(row / 256).weights[row % 256];
      weight += w;
      correct += Argmax.argmax(logits) == holdout.label(row) ? w : 0;
    }
    assertThat(correct / weight).isCloseTo(trained.report().holdout().accuracy(), within(1e-6));
    assertThat(correct / weight).isGreaterThan(0.7);
  }

  @Test
  void warmStartFromAModelWithAnotherNormaliserBeginsWithTheSameLogits() throws Exception {
    TrainedWeights parent =
        new Trainer(TrainerOptions.DEFAULTS.withStandardise(true), workers)
            .train(rows, Optional.empty());
    Model model = parent.toModel(IDENTITY, List.of());
    LbfgsOptions nothing = new LbfgsOptions(10, 0, 0, 0);

    for (boolean standardise : new boolean[] {false, true}) {
      TrainedWeights started =
          new Trainer(
                  TrainerOptions.DEFAULTS.withSolver(nothing).withStandardise(standardise), workers)
              .train(
                  holdout,
                  Optional.empty(),
                  new Start.Warm(model),
                  TrainingListener.NONE,
                  () -> false);
      LinearView before = LinearView.of(model);
      LinearView after = LinearView.of(started.toModel(IDENTITY, List.of()));
      for (int row = 0; row < 20; row++) {
        assertThat(after.logits(rows.row(row)))
            .containsExactly(before.logits(rows.row(row)), within(1e-5));
      }
    }
  }

  /** A student of the same shape, taught by all probabilities, becomes the teacher. */
  @Test
  void studentLearnsTheProbabilitiesOfItsTeacher() {
    double[] teacher = LossTest.point(11);
    LinearShape shape = rows.shape();
    TrainingRows.Builder builder =
        TrainingRows.builder(shape.features(), shape.classes(), Targets.TEACHER);
    for (int row = 0; row < 400; row++) {
      builder.addTaught(rows.row(row), 0, -1, softmax(teacher, rows.row(row)), 1);
    }
    TrainingRows taught = builder.build();
    for (double temperature : new double[] {1, 4}) {
      LossOptions loss =
          new LossOptions(0, List.of(), Optional.of(new Distillation(temperature, 1)));
      TrainerOptions options =
          TrainerOptions.DEFAULTS
              .withLoss(loss)
              .withPenalties(0, 0)
              .withSolver(new LbfgsOptions(10, 500, 1e-7, 0))
              .withPrecision(Precision.FLOAT64);
      double[] student = new Trainer(options, workers).train(taught, Optional.empty()).point();
      for (int row = 400; row < 420; row++) {
        float[] expected = softmax(teacher, rows.row(row));
        float[] actual = softmax(student, rows.row(row));
        assertThat(actual).containsExactly(expected, within(1e-4f));
      }
    }
  }

  private float[] softmax(double[] point, float[] x) {
    LinearShape shape = rows.shape();
    double[] exps = new double[shape.classes()];
    double sum = 0;
    for (int k = 0; k < exps.length; k++) {
      double z = point[shape.weights() + k];
      for (int i = 0; i < x.length; i++) {
        z += point[k * x.length + i] * x[i];
      }
      exps[k] = Math.exp(z);
      sum += exps[k];
    }
    float[] probabilities = new float[exps.length];
    for (int k = 0; k < exps.length; k++) {
      probabilities[k] = (float) (exps[k] / sum);
    }
    return probabilities;
  }

  @Test
  void labelSetsMakeAModelWithIndependentClasses() throws Exception {
    TrainedWeights trained =
        new Trainer(TrainerOptions.DEFAULTS, workers)
            .train(LossTest.rows(Targets.LABEL_SETS, 0, 300), Optional.empty());

    assertThat(trained.toModel(IDENTITY, List.of()).outputFunction())
        .isEqualTo(new MultiLabelSigmoid(0.5));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> miniBatches(new StepRule.Sgd(0.1, 0), 1, 0).withPenalties(0, 1))
        .hasMessage("l1 1.0 with mini-batches, which leave no weight at exactly 0; use L-BFGS");
    Trainer patient = new Trainer(miniBatches(new StepRule.Sgd(0.1, 0), 1, 2), workers);
    assertThatThrownBy(() -> patient.train(rows, Optional.empty()))
        .hasMessage("patience 2 without a holdout to judge by");
    Trainer trainer = new Trainer(TrainerOptions.DEFAULTS, workers);
    TrainingRows empty = TrainingRows.builder(9, 4).build();
    assertThatThrownBy(() -> trainer.train(empty, Optional.empty()))
        .hasMessage("0 rows of no weight, expected at least one with a weight above 0");
  }

  @Test
  void startsHaveTheirDeviations() {
    LinearShape shape = new LinearShape(100, 200);
    assertThat(deviation(Initialisation.ZERO, shape)).isZero();
    assertThat(deviation(Initialisation.NORMAL, shape)).isCloseTo(0.01, within(0.0003));
    assertThat(deviation(Initialisation.XAVIER, shape))
        .isCloseTo(Math.sqrt(2.0 / 300), within(0.002));
    assertThat(deviation(Initialisation.KAIMING, shape)).isCloseTo(0.1, within(0.003));
  }

  private static double deviation(Initialisation initialisation, LinearShape shape) {
    double squares = 0;
    double[] point = initialisation.point(shape, 5);
    for (double weight : point) {
      squares += weight * weight;
    }
    return Math.sqrt(squares / shape.weights());
  }
}
