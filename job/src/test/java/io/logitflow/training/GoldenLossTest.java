package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses, gradients and steps against exact values by mpmath with 60 digits. */
class GoldenLossTest {

  private static final JsonNode GOLDEN = References.read("golden.json");

  private final Workers workers = new Workers(1);

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyIsExactWithAndWithoutSmoothing(Precision precision) {
    double tolerance = precision == Precision.FLOAT64 ? 1e-13 : 1e-5;
    for (JsonNode golden : GOLDEN.get("cross_entropy")) {
      TrainingRows.Builder builder =
          TrainingRows.builder(golden.at("/X/0").size(), golden.get("b").size()).exact();
      for (int row = 0; row < golden.get("X").size(); row++) {
        builder.add(
            References.doubles(golden.get("X").get(row)), golden.get("y").get(row).intValue());
      }
      TrainingRows rows = builder.build();
      LossOptions options =
          new LossOptions(golden.get("label_smoothing").doubleValue(), List.of(), Optional.empty());
      double[] point = point(golden, "W", "b");

      LossSum sum = new LocalLoss(rows, options, precision, workers).sum(point);

      assertThat(sum.meanLoss())
          .isCloseTo(golden.get("loss_mean").doubleValue(), within(10 * tolerance));
      double[] mean = sum.gradient().clone();
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= rows.size();
      }
      assertThat(mean)
          .containsExactly(point(golden, "grad_W_mean", "grad_b_mean"), within(tolerance));

      BlockSums sums = new BlockSums(rows.shape(), rows.targets(), options, precision, workers);
      StepRule rule = new StepRule.Sgd(golden.get("lr").doubleValue(), 0);
      new MiniBatches(
              rows,
              sums,
              rows.shape().weights(),
              256,
              new MiniBatchOptions(rule, 4, 1, false, 0),
              0,
              4,
              0,
              point)
          .step();
      assertThat(point)
          .containsExactly(point(golden, "W_after_step", "b_after_step"), within(tolerance));
    }
  }

  @Test
  void binaryCrossEntropyIsExact() {
    JsonNode golden =
        References.read("/io/logitflow/classifier/reference/golden.json").get("multilabel_bce");
    double[] logits = References.doubles(golden.get("z"));
    double[] members = References.doubles(golden.get("y"));
    float[] targets = new float[members.length];
    double loss = 0;
    for (int k = 0; k < targets.length; k++) {
      targets[k] = (float) members[k];
      loss += golden.get("bce_per_label").get(k).doubleValue();
    }
    TrainingRows rows =
        TrainingRows.builder(1, logits.length, Targets.LABEL_SETS)
            .addLabelSet(new float[] {0}, 0, targets, 1)
            .build();
    double[] point = new double[rows.shape().size()];
    System.arraycopy(logits, 0, point, rows.shape().weights(), logits.length);

    LossSum sum = new LocalLoss(rows, LossOptions.PLAIN, Precision.FLOAT64, workers).sum(point);

    assertThat(sum.loss()).isCloseTo(loss, within(1e-13));
    double[] gradient = References.doubles(golden.get("grad_z_of_sum"));
    for (int k = 0; k < gradient.length; k++) {
      assertThat(sum.gradient()[rows.shape().weights() + k]).isCloseTo(gradient[k], within(1e-13));
    }
  }

  private static double[] point(JsonNode golden, String weight, String bias) {
    int classes = golden.get(bias).size();
    int features = golden.get(weight).get(0).size();
    double[] point = new double[classes * (features + 1)];
    for (int k = 0; k < classes; k++) {
      System.arraycopy(
          References.doubles(golden.get(weight).get(k)), 0, point, k * features, features);
      point[classes * features + k] = golden.get(bias).get(k).doubleValue();
    }
    return point;
  }
}
