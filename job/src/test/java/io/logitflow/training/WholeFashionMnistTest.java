package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;
import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All of Fashion-MNIST, whose training part is not shipped. */
@EnabledIfSystemProperty(
    named = "logitflow.fashion-mnist",
    matches = ".+",
    disabledReason = "needs the IDX files of Fashion-MNIST: -Dlogitflow.fashion-mnist=DIRECTORY")
class WholeFashionMnistTest {

  private final Workers workers = Workers.ofAllCores();

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  private static Dataset dataset() throws Exception {
    return DatasetCatalogue.openFashionMnist(
        Path.of(System.getProperty("logitflow.fashion-mnist")));
  }

  /** Pixels from 0 to 255, which float32 holds exactly, or divided by 255. */
  private static TrainingRows rows(float factor, boolean exact, Rows... parts) {
    TrainingRows.Builder builder = TrainingRows.builder(784, 10);
    if (exact) {
      builder.exact();
    }
    for (Rows part : parts) {
      Row row = part.newRow();
      for (int i = 0; i < part.size(); i++) {
        part.read(i, row);
        float[] features = row.features().clone();
        if (factor != 1) {
          for (int j = 0; j < features.length; j++) {
            features[j] = Math.round(features[j] * factor);
          }
        }
        builder.add(features, row.label());
      }
    }
    return builder.build();
  }

  @ParameterizedTest
  @EnumSource
  void snapshotsAreRepeated(Precision precision) throws Exception {
    double[] scale = new double[784];
    Arrays.fill(scale, 255);
    TrainingRows rows =
        rows(255, true, dataset().rows(Split.TRAIN))
            .standardised(
                new Normaliser(Tensor.float64(new double[784], 784), Tensor.float64(scale, 784)));
    double[] point = new double[rows.shape().size()];
    BlockSums sums =
        new BlockSums(rows.shape(), rows.targets(), LossOptions.PLAIN, precision, workers);
    MiniBatchOptions options = new MiniBatchOptions(new StepRule.Sgd(0.1, 0), 256, 10, false, 0);

    ReplayTest.checkSnapshots(
        References.read("fashion-replay-sgd.json"),
        new MiniBatches(
            rows, sums, rows.shape().weights(), 83, options, 0, rows.weight(), 0, point),
        rows.shape(),
        point,
        precision,
        40);
  }

  /** Dive into Deep Learning: rate 0.1, batches of 256, 10 epochs, a start of N(0, 0.01^2). */
  @Test
  void settingOfTheBookComesToTheAccuracyOfTheBook() throws Exception {
    Dataset dataset = dataset();
    TrainerOptions options =
        TrainerOptions.DEFAULTS
            .withPenalties(0, 0)
            .withInitialisation(Initialisation.NORMAL, 1)
            .withSolver(MiniBatchOptions.of(new StepRule.Sgd(0.1, 0)));

    TrainedWeights trained =
        new Trainer(options, workers)
            .train(
                rows(1, false, dataset.rows(Split.TRAIN), dataset.rows(Split.VALIDATION)),
                Optional.of(rows(1, false, dataset.rows(Split.TEST))));

    List<Progress> epochs = trained.report().steps();
    assertThat(epochs).hasSize(10);
    assertThat(trained.report().holdout().accuracy()).isGreaterThanOrEqualTo(0.82);
  }
}
