package io.logitflow.classifier;

import java.util.OptionalInt;

/**
 * A function of each element, between linear layers.
 *
 * @param function which
 * @param slope of {@link Function#LEAKY_RELU} below 0; 0 for the others
 */
public record Activation(Function function, double slope) implements Layer {

  /** {@code max(x, 0)}. */
  public static final Activation RELU = new Activation(Function.RELU, 0);

  /** {@code 1 / (1 + exp(-x))}. */
  public static final Activation SIGMOID = new Activation(Function.SIGMOID, 0);

  /** Hyperbolic tangent. */
  public static final Activation TANH = new Activation(Function.TANH, 0);

  /** The functions. */
  public enum Function {
    RELU,
    LEAKY_RELU,
    SIGMOID,
    TANH
  }

  /** {@code x} from 0 on, {@code slope x} below. */
  public static Activation leakyRelu(double slope) {
    return new Activation(Function.LEAKY_RELU, slope);
  }

  /** The function in float64. */
  double of(double x) {
    return switch (function) {
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x < 0 ? slope * x : x;
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
    };
  }

  @Override
  public OptionalInt expectedInputs() {
    return OptionalInt.empty();
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public void check(String where) throws InvalidModelException {
    boolean hasSlope = function == Function.LEAKY_RELU;
    if (!Double.isFinite(slope) || (!hasSlope && slope != 0)) {
      throw new InvalidModelException(
          "%s.slope is %s, expected %s".formatted(where, slope, hasSlope ? "a number" : "0"));
    }
  }
}
