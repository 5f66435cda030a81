package io.logitflow.classifier;

import java.util.OptionalInt;

/** One layer of a network, as it is defined; folding and packing it is another matter. */
public sealed interface Layer
    permits LinearLayer, LowRankLinearLayer, SparseLinearLayer, BatchNormLayer, Activation {

  /** What it is, e.g. {@code LOW_RANK_LINEAR}: the name in the container. */
  default String type() {
    return ModelParts.of(this).type();
  }

  /** Number of inputs it takes; empty if it takes any. */
  OptionalInt expectedInputs();

  /** Number of outputs for a number of inputs that it takes. */
  int outputs(int inputs);

  /**
   * Checks shapes and numbers.
   *
   * @param where place of the layer, for errors
   */
  void check(String where) throws InvalidModelException;
}
