package io.logitflow.classifier;

import java.util.ArrayList;
import java.util.List;
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

  /**
   * The same layers, with each pair that is one low-rank layer written as one: of two dense linear
   * layers in a row the first has no bias, and fewer outputs than the pair has inputs and outputs.
   */
  public static List<Layer> joinedIn(List<? extends Layer> layers) {
    List<Layer> joined = new ArrayList<>();
    for (Layer layer : layers) {
      Layer last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (layer instanceof LinearLayer second
          && last instanceof LinearLayer first
          && first.bias().isEmpty()
          && isThin(first, second)) {
        joined.set(
            joined.size() - 1,
            new LowRankLinearLayer(second.weight(), first.weight(), second.bias()));
      } else {
        joined.add(layer);
      }
    }
    return joined;
  }

  private static boolean isThin(LinearLayer first, LinearLayer second) {
    return first.weight().rank() == 2
        && second.weight().rank() == 2
        && first.outputs() == second.inputs()
        && first.outputs() < Math.min(first.inputs(), second.outputs());
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
