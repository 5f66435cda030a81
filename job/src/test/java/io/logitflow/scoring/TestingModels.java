package io.logitflow.scoring;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Small models. */
final class TestingModels {

  private TestingModels() {}

  /** A model with as many classes as features. */
  static Model square(String name, long version, int count) throws InvalidModelException {
    return square(name, version, IntStream.range(0, count).mapToObj(k -> "class-" + k).toList());
  }

  /** A model with the given classes and as many features. */
  static Model square(String name, long version, List<String> classNames)
      throws InvalidModelException {
    return square(name, version, classNames, 1);
  }

  /** A model with other weights for each scale. */
  static Model square(String name, long version, List<String> classNames, float scale)
      throws InvalidModelException {
    int count = classNames.size();
    float[] weights = new float[count * count];
    for (int i = 0; i < count; i++) {
      weights[i * count + i] = scale;
    }
    return Model.builder()
        .name(name)
        .version(version)
        .createdAt(Instant.EPOCH)
        .classNames(classNames)
        .layers(List.of(LinearLayer.withoutBias(Tensor.float32(weights, count, count))))
        .build();
  }
}
