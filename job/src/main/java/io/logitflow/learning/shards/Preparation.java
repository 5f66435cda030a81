package io.logitflow.learning.shards;

import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;
import io.logitflow.training.LinearShape;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What all shards must do alike before the first round.
 *
 * @param shape of the model
 * @param normaliser how features are standardised; empty for features as they are
 * @param classWeights of the loss; empty for those of the options
 */
record Preparation(LinearShape shape, Optional<Normaliser> normaliser, List<Double> classWeights) {

  double[] toVector() {
    DoubleBuffer vector =
        DoubleBuffer.allocate(
                4 + classWeights.size() + (normaliser.isPresent() ? 2 * shape.features() : 0))
            .put(shape.classes())
            .put(shape.features())
            .put(classWeights.size())
            .put(normaliser.isPresent() ? 1 : 0);
    classWeights.forEach(vector::put);
    normaliser.ifPresent(n -> vector.put(n.mean().toDoubles()).put(n.scale().toDoubles()));
    return vector.array();
  }

  static Preparation fromVector(double[] array) {
    DoubleBuffer vector = DoubleBuffer.wrap(array);
    LinearShape shape = new LinearShape((int) vector.get(), (int) vector.get());
    double[] classWeights = new double[(int) vector.get()];
    boolean standardised = vector.get() == 1;
    vector.get(classWeights);
    Optional<Normaliser> normaliser = Optional.empty();
    if (standardised) {
      double[] mean = new double[shape.features()];
      double[] scale = new double[shape.features()];
      vector.get(mean).get(scale);
      normaliser = Optional.of(normaliser(mean, scale));
    }
    return new Preparation(shape, normaliser, Arrays.stream(classWeights).boxed().toList());
  }

  static Normaliser normaliser(double[] mean, double[] scale) {
    return new Normaliser(Tensor.float64(mean, mean.length), Tensor.float64(scale, scale.length));
  }
}
