package io.logitflow.classifier;

import java.time.Instant;
import java.util.List;

/** Small models for tests. */
public final class TestingModels {

  private TestingModels() {}

  /** Three features, two classes, with a bias: whatever a test does not override. */
  public static Model.Builder builder() {
    return Model.builder()
        .name("small")
        .version(7)
        .createdAt(Instant.parse("2026-01-31T12:00:00.123Z"))
        .layers(List.of(LinearLayer.of(weight(), Tensor.float32(new float[] {0.5f, -0.5f}, 2))));
  }

  /** W, shape [2, 3]. */
  public static Tensor weight() {
    return Tensor.float32(new float[] {1, -2, 0.5f, 0, 0.25f, 3}, 2, 3);
  }

  /** Of three features. */
  public static Normaliser normaliser() {
    return new Normaliser(
        Tensor.float64(new double[] {1, 2, 3}, 3), Tensor.float64(new double[] {0.5, 1, 2}, 3));
  }
}
