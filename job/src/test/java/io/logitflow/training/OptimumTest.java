package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L-BFGS against the optimum that Newton's method found elsewhere. */
class OptimumTest {

  private final Workers workers = new Workers(2);

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  @ParameterizedTest
  @EnumSource
  void ofDigitsIsReached(Precision precision) throws Exception {
    TrainingRows rows = References.rows(DatasetCatalogue.open("digits").rows(Split.TRAIN), 10);

    check(minimise(rows, precision), rows, References.read("digits-optimum.json"));
  }

  @Test
  void ofFlightsIsReached() throws Exception {
    TrainingRows raw = References.rows(DatasetCatalogue.open("flights").rows(Split.TRAIN), 4);
    TrainingRows rows =
        raw.standardised(ExactFlights.ofColumns(FeatureMoments.of(raw).toNormaliser()));

    check(minimise(rows, Precision.FLOAT32), rows, References.read("flights-optimum.json"));
  }

  private Minimum minimise(TrainingRows rows, Precision precision) {
    Objective objective =
        new Objective(new LocalLoss(rows, LossOptions.PLAIN, precision, workers), 1);
    return new Lbfgs(new LbfgsOptions(10, 500, 1e-9, 1e-9))
        .minimise(objective, new double[objective.dimension()], iteration -> {}, () -> false);
  }

  /** The objective in float64, wherever float32 has led. */
  private void check(Minimum minimum, TrainingRows rows, JsonNode expected) {
    Objective objective =
        new Objective(new LocalLoss(rows, LossOptions.PLAIN, Precision.FLOAT64, workers), 1);
    double value =
        objective.evaluate(minimum.point(), new double[objective.dimension()]) * rows.weight();
    double optimum = expected.get("objective").doubleValue();
    assertThat(value).isCloseTo(optimum, within(1e-6 * optimum));
    assertThat(minimum.value() * rows.weight()).isCloseTo(optimum, within(1e-6 * optimum));
    double distance = 0;
    for (int k = 0; k < rows.classes(); k++) {
      for (int i = 0; i < rows.features(); i++) {
        double difference =
            minimum.point()[k * rows.features() + i]
                - expected.get("weight").get(k).get(i).doubleValue();
        distance += difference * difference;
      }
    }
    assertThat(distance).isLessThan(0.01 * expected.get("weight_sq_norm").doubleValue());
  }
}
