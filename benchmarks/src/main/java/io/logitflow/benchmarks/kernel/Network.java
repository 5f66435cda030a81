package io.logitflow.benchmarks.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Linear layers with ReLU between them and softmax at the end, of fixed random numbers. */
record Network(List<Layer> layers) {

  /**
   * One linear layer.
   *
   * @param weight {@code [outputs, inputs]}, row-major, of float32 precision
   * @param bias {@code [outputs]}
   */
  record Layer(int inputs, int outputs, double[] weight, double[] bias) {
    float[] weights() {
      return floats(weight);
    }

    float[] biases() {
      return floats(bias);
    }
  }

  /**
   * A network of a shape.
   *
   * @param shape number of inputs of each layer, then of classes: {@code 784-32-32-10}
   */
  static Network of(String shape) {
    int[] sizes = sizes(shape);
    SplittableRandom random = new SplittableRandom(11);
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      double bound = Math.sqrt(3.0 / sizes[i - 1]);
      layers.add(
          new Layer(
              sizes[i - 1],
              sizes[i],
              uniform(random, sizes[i - 1] * sizes[i], bound),
              uniform(random, sizes[i], bound)));
    }
    return new Network(List.copyOf(layers));
  }

  /** Features of a batch, {@code [rows, inputs]}, of variance 1, so logits are of order 1. */
  float[] features(int rows) {
    return floats(uniform(new SplittableRandom(12), rows * inputs(), Math.sqrt(3)));
  }

  int inputs() {
    return layers.get(0).inputs();
  }

  int classes() {
    return layers.get(layers.size() - 1).outputs();
  }

  /** Additions and multiplications of the products of one row. */
  static long operations(String shape) {
    int[] sizes = sizes(shape);
    long operations = 0;
    for (int i = 1; i < sizes.length; i++) {
      operations += 2L * sizes[i - 1] * sizes[i];
    }
    return operations;
  }

  private static int[] sizes(String shape) {
    return Arrays.stream(shape.split("-", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static double[] uniform(SplittableRandom random, int length, double bound) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> (float) (bound * (2 * random.nextDouble() - 1)));
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
