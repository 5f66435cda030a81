package io.logitflow.benchmarks.kernel;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.kernel.LinearKernel;
import java.util.Arrays;
import java.util.List;

/** Our kernels, one after the other, over arrays that are allocated before. */
final class LogitflowForward implements Forward {

  private final Kernels kernels;
  private final int rows;
  private final LinearKernel[] products;
  private final float[][] values;

  LogitflowForward(Network network, int rows, KernelChoice choice) {
    this.kernels = Kernels.of(choice);
    this.rows = rows;
    List<Network.Layer> layers = network.layers();
    this.products = new LinearKernel[layers.size()];
    this.values = new float[layers.size() + 1][];
    values[0] = network.features(rows);
    for (int i = 0; i < products.length; i++) {
      Network.Layer layer = layers.get(i);
      products[i] = kernels.linear(layer.weight(), layer.bias(), layer.outputs(), layer.inputs());
      values[i + 1] = new float[rows * layer.outputs()];
    }
  }

  @Override
  public void run() {
    int last = products.length - 1;
    for (int i = 0; i < last; i++) {
      products[i].multiply(values[i], rows, values[i + 1]);
      kernels.relu(values[i + 1], 0, values[i + 1].length);
    }
    float[] probabilities = values[last + 1];
    products[last].multiply(values[last], rows, probabilities);
    kernels.softmax(probabilities, rows, probabilities.length / rows, 1);
  }

  @Override
  public float[] probabilities() {
    float[] probabilities = values[products.length];
    return Arrays.copyOf(probabilities, probabilities.length);
  }

  @Override
  public void close() {}
}
