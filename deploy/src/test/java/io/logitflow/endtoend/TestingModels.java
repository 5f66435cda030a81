package io.logitflow.endtoend;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Small models whose predictions a test can tell beforehand. */
final class TestingModels {

  private TestingModels() {}

  /**
   * A model of which class k is predicted for features whose element k is the largest: W = 2 I, b =
   * 0.
   */
  static Model largestFeature(String name, long version, int features)
      throws InvalidModelException {
    return largestFeature(
        name, version, IntStream.range(0, features).mapToObj(k -> "class-" + k).toList());
  }

  /** The same with class names. */
  static Model largestFeature(String name, long version, List<String> classNames)
      throws InvalidModelException {
    int count = classNames.size();
    float[] weights = new float[count * count];
    for (int i = 0; i < count; i++) {
      weights[i * count + i] = 2;
    }
    return Model.builder()
        .name(name)
        .version(version)
        .createdAt(Instant.EPOCH)
        .classNames(classNames)
        .layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(weights, count, count),
                    Tensor.float32(new float[count], count))))
        .build();
  }

  /** Features of which element {@code largest} is the largest. */
  static List<Float> features(int count, int largest) {
    List<Float> features = new ArrayList<>(Collections.nCopies(count, 0.25f));
    features.set(largest, 0.75f);
    return features;
  }

  /** A convolutional network of 64 features and 10 classes, in a TorchScript file. */
  static Model convolutional(String name, long version) throws InvalidModelException {
    return Model.builder()
        .name(name)
        .version(version)
        .createdAt(Instant.EPOCH)
        .classNames(IntStream.range(0, 10).mapToObj(Integer::toString).toList())
        .artifact(
            new Artifact(
                Artifact.Format.TORCHSCRIPT,
                List.of(1, 8, 8),
                false,
                ModelFiles.bytes("convolutional.pt")))
        .build();
  }
}
