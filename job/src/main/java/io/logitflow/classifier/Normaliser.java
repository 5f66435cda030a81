package io.logitflow.classifier;

import java.util.Objects;

/**
 * Standardisation before the first layer, feature by feature: {@code x' = (x - mean) / scale}.
 *
 * @param mean shape {@code [features]}
 * @param scale standard deviations, shape {@code [features]}, each above 0
 */
public record Normaliser(Tensor mean, Tensor scale) {

  public Normaliser {
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(scale, "scale");
  }

  void check(int features) throws InvalidModelException {
    ModelChecks.vector("normaliser.mean", mean, features);
    ModelChecks.vector("normaliser.scale", scale, features);
    double[] scales = scale.toDoubles();
    for (int i = 0; i < scales.length; i++) {
      if (!(scales[i] > 0)) {
        throw new InvalidModelException(
            "normaliser.scale[%d] is %s, expected a number above 0".formatted(i, scales[i]));
      }
    }
  }
}
