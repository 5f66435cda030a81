package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mini-batch SGD step by step, as numpy has done it. */
class ReplayTest {

  private final Workers workers = new Workers(2);

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyEpochOfDigitsIsRepeated(Precision precision) throws Exception {
    Rows digits = DatasetCatalogue.open("digits").rows(Split.TRAIN);
    TrainingRows rows = References.rows(digits, 10);
    TrainingRows test = References.rows(DatasetCatalogue.open("digits").rows(Split.TEST), 10);
    JsonNode expected = References.read("digits-replay-sgd.json");
    double[] point = new double[rows.shape().size()];
    MiniBatches batches = batches(rows, precision, point);

    checkSnapshots(expected, batches, rows.shape(), point, precision, 40);

    point = new double[rows.shape().size()];
    batches = batches(rows, precision, point);
    for (JsonNode epoch : expected.get("history")) {
      double loss = 0;
      do {
        loss += batches.step().loss();
      } while (!batches.atEndOfEpoch());
      checkNumber(loss / rows.size(), epoch.get("train_loss_running"), precision);
      check(epoch, rows.shape(), point, precision);
      LossSum judged = new LocalLoss(test, LossOptions.PLAIN, precision, workers).sum(point);
      checkNumber(judged.meanLoss(), epoch.get("test_nll"), precision);
      assertThat(judged.correct()).isEqualTo(epoch.get("test_correct").doubleValue());
    }
    double[] row = References.doubles(expected.get("first_weight_row"));
    assertThat(Arrays.copyOf(point, row.length)).containsExactly(row, within(tolerance(precision)));
  }

  @ParameterizedTest
  @EnumSource
  void snapshotsOfFlightsAreRepeated(Precision precision) throws Exception {
    TrainingRows rows = ExactFlights.standardisedTrainingRows();
    double[] point = new double[rows.shape().size()];

    checkSnapshots(
        References.read("flights-replay-sgd.json"),
        batches(rows, precision, point),
        rows.shape(),
        point,
        precision,
        40);
  }

  private MiniBatches batches(TrainingRows rows, Precision precision, double[] point) {
    MiniBatchOptions options = new MiniBatchOptions(new StepRule.Sgd(0.1, 0), 256, 10, false, 0);
    BlockSums sums =
        new BlockSums(rows.shape(), rows.targets(), LossOptions.PLAIN, precision, workers);
    return new MiniBatches(
        rows, sums, rows.shape().weights(), 256, options, 0, rows.weight(), 0, point);
  }

  static void checkSnapshots(
      JsonNode expected,
      MiniBatches batches,
      LinearShape shape,
      double[] point,
      Precision precision,
      int steps) {
    Map<Integer, JsonNode> snapshots = new HashMap<>();
    expected.get("snapshots").forEach(s -> snapshots.put(s.get("step").intValue(), s));
    int seen = 0;
    for (int step = 1; step <= steps; step++) {
      LossSum before = batches.step();
      JsonNode snapshot = snapshots.get(step);
      if (snapshot != null) {
        checkNumber(before.meanLoss(), snapshot.get("batch_loss_before_step"), precision);
        check(snapshot, shape, point, precision);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(4);
  }

  private static void check(
      JsonNode expected, LinearShape shape, double[] point, Precision precision) {
    double squares = 0;
    for (int i = 0; i < shape.weights(); i++) {
      squares += point[i] * point[i];
    }
    checkNumber(squares, expected.get("weight_sq_norm"), precision);
    double[] bias = References.doubles(expected.get("bias"));
    double largest = Arrays.stream(bias).map(Math::abs).max().orElseThrow();
    assertThat(Arrays.copyOfRange(point, shape.weights(), point.length))
        .containsExactly(bias, within(tolerance(precision) * largest));
  }

  private static void checkNumber(double actual, JsonNode expected, Precision precision) {
    assertThat(actual)
        .isCloseTo(expected.doubleValue(), within(tolerance(precision) * expected.doubleValue()));
  }

  /** Relative. */
  private static double tolerance(Precision precision) {
    return precision == Precision.FLOAT64 ? 1e-9 : 1e-4;
  }
}
