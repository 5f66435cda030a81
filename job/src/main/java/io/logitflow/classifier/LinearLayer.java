package io.logitflow.classifier;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code y = W x + b}.
 *
 * @param weight W, shape {@code [outputs, inputs]}
 * @param bias b, shape {@code [outputs]}; empty for none
 */
public record LinearLayer(Tensor weight, Optional<Tensor> bias) implements Layer {

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

  @Override
  public OptionalInt expectedInputs() {
    return OptionalInt.of(inputs());
  }

  @Override
  public int outputs(int inputs) {
    return outputs();
  }

  @Override
  public void check(String where) throws InvalidModelException {
    ModelChecks.matrix(where + ".weight", weight, "[outputs, inputs]");
    if (bias.isPresent()) {
      ModelChecks.vector(where + ".bias", bias.get(), outputs());
    }
  }
}
