package io.logitflow.training;

/**
 * How the parameters of {@code logits = W x + b} lie in one array: W, {@code [classes, features]}
 * row-major, then b, {@code [classes]}.
 *
 * @param classes number of classes, at least 1
 * @param features number of features, at least 1
 */
public record LinearShape(int classes, int features) {

  /** Checks that one array can hold the parameters. */
  public LinearShape {
    if (classes < 1 || features < 1) {
      throw new IllegalArgumentException(
          "%d classes and %d features, expected at least 1 of each".formatted(classes, features));
    }
    if (classes * (features + 1L) > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d classes times %d features are more weights than an array holds"
              .formatted(classes, features));
    }
  }

  /** Number of weights, which come first: what penalties apply to. */
  public int weights() {
    return classes * features;
  }

  /** Number of parameters. */
  public int size() {
    return weights() + classes;
  }

  /** The same as an error with the length in it, unless a point has this many parameters. */
  void check(double[] point) {
    if (point.length != size()) {
      throw new IllegalArgumentException(
          "a point of %d parameters, expected %d: %d classes times %d features, and %d biases"
              .formatted(point.length, size(), classes, features, classes));
    }
  }
}
