package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.classifier.kernel.KernelChoice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finite features at the end of float32. */
class OverflowTest {

  private final Scores scores = new Scores(1, 2);

  @ParameterizedTest
  @MethodSource("io.logitflow.classifier.kernel.KernelChoices#all")
  void aSumThatOverflowsOnTheWayToAFiniteLogitIsRight(KernelChoice kernel) throws Exception {
    classify(kernel, new float[] {2, 2, -4, 1, 1, -2}, 3e38f, 3e38f, 3e38f);

    assertThat(scores.logits()).containsExactly(0f, 0f);
    assertThat(scores.probabilities()).containsExactly(0.5f, 0.5f);
  }

  @ParameterizedTest
  @MethodSource("io.logitflow.classifier.kernel.KernelChoices#all")
  void logitsBeyondFloat32AreInfiniteAndTheirProbabilitiesStillRight(KernelChoice kernel)
      throws Exception {
    classify(kernel, new float[] {2, 0, 0, 3, 0, 0}, 3e38f, 0, 0);

    assertThat(scores.logits()).containsExactly(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
    assertThat(scores.probabilities()).containsExactly(0f, 1f);
  }

  private void classify(KernelChoice kernel, float[] weights, float... features) throws Exception {
    Model model =
        Model.builder()
            .name("m")
            .createdAt(Instant.EPOCH)
            .layers(List.of(LinearLayer.withoutBias(Tensor.float32(weights, 2, 3))))
            .build();
    try (Classifier classifier = Classifiers.load(model, kernel)) {
      classifier.classify(FeatureBatch.of(features, 1), scores);
    }
  }
}
