package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Split;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
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
    TrainingRows rows =
        References.rows(DatasetCatalogue.open("digits").rows(Split.TRAIN), 10);
    JsonNode expected = References.read("digits-optimum.json");

    Minimum minimum = minimise(rows, precision);

    assertThat(minimum.value() * rows.weight())
        .isCloseTo(
            expected.get("objective").doubleValue(),
            within(1e-6 * expected.get("objective").doubleValue()));
    double squares = 0;
    for (int i = 0; i < rows.shape().weights(); i++) {
      squares += minimum.point()[i] * minimum.point()[i];
    }
    assertThat(squares)
        .isCloseTo(expected.get("weight_sq_norm").doubleValue(), within(0.01 * squares));
  }

  private Minimum minimise(TrainingRows rows, Precision precision) {
    Objective objective =
        new Objective(new LocalLoss(rows, LossOptions.PLAIN, precision, workers), 1);
    Consumer<Iteration> nobody = iteration -> {};
    return new Lbfgs(new LbfgsOptions(10, 500, 1e-9, 1e-9))
        .minimise(objective, new double[objective.dimension()], nobody, () -> false);
  }
}
