package io.logitflow.classifier.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.training.Initialisation;
import io.logitflow.training.LossSum;
import io.logitflow.training.MiniBatchOptions;
import io.logitflow.training.ModelIdentity;
import io.logitflow.training.StepRule;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HiddenLayerTrainerTest {

  private static final ModelIdentity IDENTITY =
      new ModelIdentity(
          "xor",
          1,
          Instant.EPOCH,
          List.of("same", "different"),
          List.of(),
          OptionalLong.empty(),
          "1.0",
          "generated",
          Map.of());

  private static Activation activation(Activation.Function function) {
    return new Activation(function, function == Activation.Function.LEAKY_RELU ? 0.1 : 0);
  }

  /** Whether two numbers have different signs: no linear model does better than guess. */
  private static TrainingRows signs(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    TrainingRows.Builder rows = TrainingRows.builder(2, 2);
    for (int row = 0; row < count; row++) {
      float x = (float) (20 * random.nextDouble() - 10);
      float y = (float) (2 * random.nextDouble() - 1);
      rows.add(new float[] {x, y}, x * y < 0 ? 1 : 0);
    }
    return rows.build();
  }

  @ParameterizedTest
  @EnumSource
  void gradientIsTheDerivativeOfTheLoss(Activation.Function function) throws Exception {
    HiddenLayers network = new HiddenLayers(List.of(3, 5, 4, 3), activation(function));
    double[] point = network.point(Initialisation.XAVIER, 3);
    float[] features = {0.3f, -1, 2, 1.5f, 0.2f, -0.7f};
    int[] labels = {2, 0};
    double[] weights = {1, 2.5};
    try (AutogradLoss loss = new AutogradLoss(network)) {
      LossSum sum = loss.sum(features, 2, labels, weights, 0.1, point);
      assertThat(sum.weight()).isEqualTo(3.5);
      double h = 1e-2;
      for (int i = 0; i < point.length; i++) {
        double[] up = point.clone();
        up[i] += h;
        double[] down = point.clone();
        down[i] -= h;
        double slope =
            (loss.sum(features, 2, labels, weights, 0.1, up).loss()
                    - loss.sum(features, 2, labels, weights, 0.1, down).loss())
                / (2 * h);
        assertThat(sum.gradient()[i]).as("parameter %d", i).isCloseTo(slope, within(2e-2));
      }
    }
  }

  @Test
  void networkLearnsWhatNoLinearModelCanAndOurKernelsServeIt() throws Exception {
    HiddenLayers network = new HiddenLayers(List.of(2, 16, 2), Activation.TANH);
    TrainerOptions options =
        TrainerOptions.DEFAULTS
            .withPenalties(0.01, 0)
            .withStandardise(true)
            .withInitialisation(Initialisation.XAVIER, 5)
            .withSolver(new MiniBatchOptions(StepRule.Adam.of(0.02), 64, 30, true, 0));
    TrainingRows holdout = signs(2, 500);

    HiddenLayerTrainer.TrainedNetwork trained =
        new HiddenLayerTrainer(network, options)
            .train(signs(1, 1000), Optional.of(holdout), TrainingListener.NONE, () -> false);
    Model model = trained.toModel(IDENTITY, List.of(holdout.row(0)));

    assertThat(trained.trained().report().holdout().accuracy()).isGreaterThan(0.95);
    assertThat(model.architecture())
        .containsExactly("linear 2 -> 16", "tanh", "linear 16 -> 2", "softmax");
    assertThat(model.provenance().details())
        .containsEntry("solver", "adam")
        .containsEntry("autograd", "PyTorch through DJL");
    try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
      assertThat(classifier.classCount()).isEqualTo(2);
    }
  }

  @Test
  void networkForOtherRowsIsRefused() {
    HiddenLayers network = new HiddenLayers(List.of(3, 4, 2), Activation.RELU);
    TrainerOptions options =
        TrainerOptions.DEFAULTS.withSolver(MiniBatchOptions.of(new StepRule.Sgd(0.1, 0)));
    assertThatThrownBy(
            () ->
                new HiddenLayerTrainer(network, options)
                    .train(signs(1, 10), Optional.empty(), TrainingListener.NONE, () -> false))
        .hasMessage("rows of 2 features and 2 classes, but the network has widths [3, 4, 2]");
  }
}
