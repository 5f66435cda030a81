package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.config.HiddenActivation;
import io.logitflow.config.HiddenLayersConfig;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The training in Flink's own test harness, where no engine is on the class path. */
class TrainingOperatorTest {

  private static void open(HiddenLayersConfig hidden) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            LearningOperators.training(TestingSettings.of(hidden)))) {
      harness.open();
    }
  }

  @Test
  void hiddenLayersWithoutAnEngineFailTheJobForGoodBeforeTheyAreTrained() {
    assertThatThrownBy(() -> open(new HiddenLayersConfig(List.of(8), HiddenActivation.RELU)))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("PyTorch is not on the class path")
        .hasMessageContaining("into lib/ of the Flink cluster")
        .hasMessageContaining("./logitflow backends");
  }

  @Test
  void linearModelsNeedNone() {
    assertThatCode(() -> open(HiddenLayersConfig.NONE)).doesNotThrowAnyException();
  }
}
