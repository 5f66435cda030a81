package io.logitflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.config.HiddenActivation;
import io.logitflow.config.HiddenLayersConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where no engine is on the class path. */
class TrainingJobTest {

  @Test
  void hiddenLayersWithoutAnEngineAreAProblemOfTheOptionThatSaysWhatToDo() {
    assertThat(
            TrainingJob.engineProblem(
                new HiddenLayersConfig(List.of(128, 64), HiddenActivation.RELU)))
        .hasValueSatisfying(
            problem ->
                assertThat(problem.toString())
                    .startsWith("hidden-layers = 128,64: PyTorch is not on the class path: put")
                    .contains("into lib/ of the Flink cluster"));
  }

  @Test
  void linearModelsNeedNone() {
    assertThat(TrainingJob.engineProblem(HiddenLayersConfig.NONE)).isEmpty();
  }
}
