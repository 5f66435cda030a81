package io.logitflow.classifier;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Batch normalisation as it is at inference, element by element: {@code y = (x - mean) /
 * sqrt(variance + epsilon) weight + bias}. Ioffe and Szegedy, "Batch Normalization", 2015.
 *
 * @param mean running mean, shape {@code [elements]}
 * @param variance running variance, shape {@code [elements]}, none below 0
 * @param epsilon added to the variance, 0 or more
 * @param weight shape {@code [elements]}; empty for 1
 * @param bias shape {@code [elements]}; empty for 0
 */
public record BatchNormLayer(
    Tensor mean, Tensor variance, double epsilon, Optional<Tensor> weight, Optional<Tensor> bias)
    implements Layer {

  public BatchNormLayer {
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(variance, "variance");
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(bias, "bias");
  }

  @Override
  public OptionalInt expectedInputs() {
    return OptionalInt.of(mean.size());
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public void check(String where) throws InvalidModelException {
    ModelChecks.vector(where + ".mean", mean, mean.size());
    ModelChecks.vector(where + ".variance", variance, mean.size());
    if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new InvalidModelException(
          "%s.epsilon is %s, expected 0 or more".formatted(where, epsilon));
    }
    double[] variances = variance.toDoubles();
    for (int i = 0; i < variances.length; i++) {
      if (!(variances[i] >= 0 && variances[i] + epsilon > 0)) {
        throw new InvalidModelException(
            "%s.variance[%d] is %s with epsilon %s, expected 0 or more, and a sum above 0"
                .formatted(where, i, variances[i], epsilon));
      }
    }
    if (weight.isPresent()) {
      ModelChecks.vector(where + ".weight", weight.get(), mean.size());
    }
    if (bias.isPresent()) {
      ModelChecks.vector(where + ".bias", bias.get(), mean.size());
    }
  }
}
