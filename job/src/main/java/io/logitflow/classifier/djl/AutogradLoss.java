package io.logitflow.classifier.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.kernel.Argmax;
import io.logitflow.training.LossSum;
import io.logitflow.training.NetworkLoss;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Loss and gradient of a network with hidden layers, by PyTorch's autograd, on the CPU. */
final class AutogradLoss implements NetworkLoss, AutoCloseable {

  private final HiddenLayers network;
  private final Engine engine;
  private final NDManager manager;

  /**
   * A loss.
   *
   * @throws InvalidModelException if PyTorch is not there or does not start; it says what to add
   */
  AutogradLoss(HiddenLayers network) throws InvalidModelException {
    this.network = network;
    this.engine = DjlEngine.PYTORCH.start();
    this.manager = NDManager.newBaseManager(Device.cpu(), engine.getEngineName());
  }

  @Override
  public int size() {
    return network.size();
  }

  @Override
  public int weights() {
    return network.weights();
  }

  @Override
  public LossSum sum(
      float[] features,
      int rows,
      int[] labels,
      double[] weights,
      double labelSmoothing,
      double[] point) {
    try (NDManager batch = manager.newSubManager();
        GradientCollector collector = engine.newGradientCollector()) {
      List<NDArray> matrices = new ArrayList<>();
      List<NDArray> biases = new ArrayList<>();
      for (int layer = 0; layer < network.layers(); layer++) {
        int outputs = network.width(layer + 1);
        int inputs = network.width(layer);
        int weightFrom = network.weightFrom(layer);
        int biasFrom = network.biasFrom(layer);
        matrices.add(parameter(batch, point, weightFrom, outputs * inputs, outputs, inputs));
        biases.add(parameter(batch, point, biasFrom, outputs, outputs));
      }
      NDArray logits =
          forward(
              tensor(batch, features, 0, rows * network.width(0), rows, network.width(0)),
              matrices,
              biases);
      NDArray targets =
          targets(batch, labels, weights, labelSmoothing, rows, network.width(network.layers()));
      NDArray loss = logits.logSoftmax(1).mul(targets).sum().neg();
      collector.backward(loss);
      double[] gradient = new double[point.length];
      for (int layer = 0; layer < network.layers(); layer++) {
        copy(matrices.get(layer).getGradient(), gradient, network.weightFrom(layer));
        copy(biases.get(layer).getGradient(), gradient, network.biasFrom(layer));
      }
      return sum(loss.getFloat(), logits.toFloatArray(), labels, weights, rows, gradient);
    }
  }

  private NDArray forward(NDArray input, List<NDArray> matrices, List<NDArray> biases) {
    NDArray current = input;
    for (int layer = 0; layer < matrices.size(); layer++) {
      if (layer > 0) {
        current = activate(current);
      }
      current = current.matMul(matrices.get(layer).transpose()).add(biases.get(layer));
    }
    return current;
  }

  private NDArray activate(NDArray input) {
    return switch (network.activation().function()) {
      case RELU -> ai.djl.nn.Activation.relu(input);
      case LEAKY_RELU ->
          ai.djl.nn.Activation.leakyRelu(input, (float) network.activation().slope());
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(input);
      case TANH -> ai.djl.nn.Activation.tanh(input);
    };
  }

  /** The target of each class, times the weight of the row. */
  private static NDArray targets(
      NDManager batch, int[] labels, double[] weights, double smoothing, int rows, int classes) {
    float[] targets = new float[rows * classes];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < classes; k++) {
        double target = (k == labels[row] ? 1 - smoothing : 0) + smoothing / classes;
        targets[row * classes + k] = (float) (weights[row] * target);
      }
    }
    return tensor(batch, targets, 0, targets.length, rows, classes);
  }

  private static LossSum sum(
      double loss, float[] logits, int[] labels, double[] weights, int rows, double[] gradient) {
    int classes = logits.length / rows;
    double weight = 0;
    double correct = 0;
    for (int row = 0; row < rows; row++) {
      weight += weights[row];
      if (Argmax.argmax(logits, row * classes, classes) == labels[row]) {
        correct += weights[row];
      }
    }
    return new LossSum(loss, weight, correct, gradient);
  }

  private static NDArray parameter(
      NDManager batch, double[] point, int from, int length, long... dimensions) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) point[from + i];
    }
    NDArray parameter = tensor(batch, values, 0, length, dimensions);
    parameter.setRequiresGradient(true);
    return parameter;
  }

  private static NDArray tensor(
      NDManager batch, float[] values, int from, int length, long... dimensions) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
            .order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values, from, length);
    return batch.create(bytes, new Shape(dimensions), DataType.FLOAT32);
  }

  private static void copy(NDArray from, double[] to, int start) {
    try (NDArray gradient = from) {
      float[] values = gradient.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        to[start + i] = values[i];
      }
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
