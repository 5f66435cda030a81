package io.logitflow.classifier;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code y = U (V x) + b}: a linear layer whose weights are a product of two thin matrices.
 *
 * @param left U, shape {@code [outputs, rank]}
 * @param right V, shape {@code [rank, inputs]}
 * @param bias b, shape {@code [outputs]}; empty for none
 */
public record LowRankLinearLayer(Tensor left, Tensor right, Optional<Tensor> bias)
    implements Layer {

  public LowRankLinearLayer {
    Objects.requireNonNull(left, "left");
    Objects.requireNonNull(right, "right");
    Objects.requireNonNull(bias, "bias");
  }

  @Override
  public OptionalInt expectedInputs() {
    return OptionalInt.of(right.length(1));
  }

  @Override
  public int outputs(int inputs) {
    return left.length(0);
  }

  @Override
  public void check(String where) throws InvalidModelException {
    ModelChecks.matrix(where + ".left", left, "[outputs, rank]");
    ModelChecks.matrix(where + ".right", right, "[rank, inputs]");
    if (left.length(1) != right.length(0)) {
      throw new InvalidModelException(
          "%s.left has shape %s and %s.right %s, expected the same rank"
              .formatted(where, left.shapeText(), where, right.shapeText()));
    }
    if (bias.isPresent()) {
      ModelChecks.vector(where + ".bias", bias.get(), left.length(0));
    }
  }
}
