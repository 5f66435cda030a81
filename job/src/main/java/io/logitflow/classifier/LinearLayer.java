package io.logitflow.classifier;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code y = W x + b}.
 *
 * @param weight W, shape {@code [outputs, inputs]}
 * @param bias b, shape {@code [outputs]}; empty for none
 */
public record LinearLayer(Tensor weight, Optional<Tensor> bias) {

  public LinearLayer {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(bias, "bias");
  }

  /** A layer with a bias. */
  public static LinearLayer of(Tensor weight, Tensor bias) {
    return new LinearLayer(weight, Optional.of(bias));
  }

  /** A layer without a bias. */
  public static LinearLayer withoutBias(Tensor weight) {
    return new LinearLayer(weight, Optional.empty());
  }

  /** Number of inputs. */
  public int inputs() {
    return weight.length(1);
  }

  /** Number of outputs. */
  public int outputs() {
    return weight.length(0);
  }

  void check(String where) throws InvalidModelException {
    ModelChecks.rank(where + ".weight", weight, 2, "[outputs, inputs]");
    ModelChecks.finite(where + ".weight", weight);
    if (bias.isPresent()) {
      ModelChecks.vector(where + ".bias", bias.get(), outputs());
    }
  }
}
