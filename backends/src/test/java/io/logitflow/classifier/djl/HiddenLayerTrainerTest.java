package io.logitflow.classifier.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.training.FeatureMoments;
import io.logitflow.training.Initialisation;
import io.logitflow.training.LossSum;
import io.logitflow.training.MiniBatchOptions;
import io.logitflow.training.ModelIdentity;
import io.logitflow.training.NetworkBatch;
import io.logitflow.training.StepRule;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /**
   * Two rows, with class targets of a smoothing of 0.1 and teacher's ones at a temperature of 2.
   */
  private static NetworkBatch batch(boolean taught) {
    return new NetworkBatch(
        new float[] {0.3f, -1, 2, 1.5f, 0.2f, -0.7f},
        2,
        new int[] {2, 0},
        new double[] {1, 2.5},
        new float[] {0.1f / 3, 0.1f / 3, 2.8f / 3, 7, 0.25f / 3, 0.25f / 3},
        taught ? new float[] {0.5f, 0.2f, 0.3f, 1, 0.4f, 1.1f} : new float[0],
        2);
  }

  /** As the definition says, in float64. */
  private static double lossByHand(HiddenLayers network, double[] point, NetworkBatch batch)
      throws Exception {
    Model model = model(network, point);
    double loss = 0;
    try (Classifier classifier = Classifiers.load(model, KernelChoice.SCALAR)) {
      Scores scores = new Scores(2, 3);
      classifier.classify(FeatureBatch.of(batch.features(), 2), scores);
      for (int row = 0; row < 2; row++) {
        for (double t : new double[] {1, batch.temperature()}) {
          float[] targets = t == 1 ? batch.classTargets() : batch.teacherTargets();
          double sum = 0;
          for (int k = 0; k < 3; k++) {
            sum += Math.exp(scores.logits()[row * 3 + k] / t);
          }
          for (int k = 0; k < 3 && targets.length > 0; k++) {
            double logit = scores.logits()[row * 3 + k];
            loss -= targets[row * 3 + k] * (logit / t - Math.log(sum));
          }
        }
      }
    }
    return loss;
  }

  private static Model model(HiddenLayers network, double[] point) throws Exception {
    return Model.builder()
        .name("by-hand")
        .createdAt(Instant.EPOCH)
        .layers(network.toLayers(point))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void gradientIsTheDerivativeOfTheLoss(Activation.Function function) throws Exception {
    HiddenLayers network = new HiddenLayers(List.of(3, 5, 4, 3), activation(function));
    double[] point = network.point(Initialisation.XAVIER, 3);
    for (boolean taught : new boolean[] {false, true}) {
      NetworkBatch batch = batch(taught);
      try (AutogradLoss loss = new AutogradLoss(network)) {
        LossSum sum = loss.sum(batch, point);
        assertThat(sum.weight()).isEqualTo(3.5);
        assertThat(sum.loss()).isCloseTo(lossByHand(network, point, batch), within(1e-4));
        double h = 1e-2;
        for (int i = 0; i < point.length; i++) {
          double[] up = point.clone();
          up[i] += h;
          double[] down = point.clone();
          down[i] -= h;
          double slope = (loss.sum(batch, up).loss() - loss.sum(batch, down).loss()) / (2 * h);
          assertThat(sum.gradient()[i]).as("parameter %d", i).isCloseTo(slope, within(2e-2));
        }
      }
    }
  }

  /** DJL itself collects gradients for one caller at a time. */
  @Test
  void twoTrainingsGoOnSideBySide() throws Exception {
    HiddenLayers network = new HiddenLayers(List.of(2, 8, 2), Activation.RELU);
    Callable<List<Float>> training =
        () -> {
          Model model = train(network, 3, Optional.empty(), Initialisation.KAIMING, true);
          return layer(model, 2);
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<List<Float>> results = new ArrayList<>();
      for (Future<List<Float>> result : threads.invokeAll(List.of(training, training))) {
        results.add(result.get());
      }
      assertThat(results.get(0)).isEqualTo(results.get(1));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Float> layer(Model model, int index) {
    List<Float> values = new ArrayList<>();
    for (double value : ((LinearLayer) model.layers().get(index)).weight().toDoubles()) {
      values.add((float) value);
    }
    return values;
  }

  private static Model train(
      HiddenLayers network,
      int epochs,
      Optional<Model> start,
      Initialisation initialisation,
      boolean standardise)
      throws Exception {
    TrainerOptions options =
        TrainerOptions.DEFAULTS
            .withStandardise(standardise)
            .withInitialisation(initialisation, 5)
            .withSolver(new MiniBatchOptions(StepRule.Adam.of(0.01), 64, epochs, true, 0));
    return new HiddenLayerTrainer(network, options)
        .train(signs(1, 1000), Optional.empty(), start, TrainingListener.NONE, () -> false)
        .toModel(IDENTITY, List.of());
  }

  @Test
  void warmStartBeginsWithTheLogitsOfAModelThatWasStandardisedOtherwise() throws Exception {
    HiddenLayers network = new HiddenLayers(List.of(2, 8, 2), Activation.TANH);
    for (boolean standardised : new boolean[] {false, true}) {
      Model model = train(network, 3, Optional.empty(), Initialisation.XAVIER, standardised);
      assertThat(network.isShapeOf(model)).isTrue();
      TrainingRows others = signs(7, 50);
      Optional<Normaliser> normaliser = Optional.of(FeatureMoments.of(others).toNormaliser());
      Model same =
          Model.builder()
              .name("same")
              .createdAt(Instant.EPOCH)
              .normaliser(normaliser.get())
              .layers(network.toLayers(network.point(model, normaliser)))
              .build();
      assertThat(logits(same, others)).containsExactly(logits(model, others), within(1e-4f));
    }
  }

  @Test
  void modelOfAnotherShapeIsNoStart() throws Exception {
    HiddenLayers network = new HiddenLayers(List.of(2, 8, 2), Activation.TANH);
    Model model = train(network, 1, Optional.empty(), Initialisation.XAVIER, true);
    for (HiddenLayers other :
        List.of(
            new HiddenLayers(List.of(2, 9, 2), Activation.TANH),
            new HiddenLayers(List.of(2, 8, 8, 2), Activation.TANH),
            new HiddenLayers(List.of(2, 8, 2), Activation.RELU))) {
      assertThat(other.isShapeOf(model)).isFalse();
      assertThatThrownBy(() -> train(other, 1, Optional.of(model), Initialisation.XAVIER, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[linear 2 -> 8, tanh, linear 8 -> 2, softmax]");
    }
  }

  private static float[] logits(Model model, TrainingRows rows) throws Exception {
    try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
      Scores scores = new Scores(rows.size(), rows.classes());
      float[] features = new float[rows.size() * rows.features()];
      for (int row = 0; row < rows.size(); row++) {
        System.arraycopy(rows.row(row), 0, features, row * rows.features(), rows.features());
      }
      classifier.classify(FeatureBatch.of(features, rows.size()), scores);
      return scores.logits();
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
            .train(
                signs(1, 1000),
                Optional.of(holdout),
                Optional.empty(),
                TrainingListener.NONE,
                () -> false);
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
                    .train(
                        signs(1, 10),
                        Optional.empty(),
                        Optional.empty(),
                        TrainingListener.NONE,
                        () -> false))
        .hasMessage("rows of 2 features and 2 classes, but the network has widths [3, 4, 2]");
  }
}
