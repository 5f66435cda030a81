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
import io.logitflow.training.NetworkBatch;
import io.logitflow.training.NetworkLoss;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Loss and gradient of a network with hidden layers, by PyTorch's autograd, on the CPU. */
final class AutogradLoss implements NetworkLoss, AutoCloseable {

  private final HiddenLayers network;
  private final Engine engine;
  private final NDManager manager;
  private final DirectBuffers buffers = new DirectBuffers();

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
  public LossSum sum(NetworkBatch batch, double[] point) {
    // DJL collects gradients for one caller in a JVM at a time, and fails for a second one: another
    // training on the same TaskManager, perhaps of another job. The engine is one for all of them.
    synchronized (engine) {
      List<ByteBuffer> taken = new ArrayList<>();
      try (NDManager step = manager.newSubManager()) {
        return sum(step, taken, batch, point);
      } finally {
        // Arrays read the memory in place, so it is free when they are closed.
        taken.forEach(buffers::giveBack);
      }
    }
  }

  private LossSum sum(NDManager step, List<ByteBuffer> taken, NetworkBatch batch, double[] point) {
    int classes = network.width(network.layers());
    try (GradientCollector collector = engine.newGradientCollector()) {
      List<NDArray> matrices = new ArrayList<>();
      List<NDArray> biases = new ArrayList<>();
      for (int layer = 0; layer < network.layers(); layer++) {
        int outputs = network.width(layer + 1);
        int inputs = network.width(layer);
        int weightFrom = network.weightFrom(layer);
        int biasFrom = network.biasFrom(layer);
        matrices.add(parameter(step, taken, point, weightFrom, outputs, inputs));
        biases.add(parameter(step, taken, point, biasFrom, outputs));
      }
      NDArray features = tensor(step, taken, batch.features(), batch.rows(), network.width(0));
      NDArray logits = forward(features, matrices, biases);
      NDArray loss =
          crossEntropy(logits, tensor(step, taken, batch.classTargets(), batch.rows(), classes));
      if (batch.teacherTargets().length > 0) {
        loss =
            loss.add(
                crossEntropy(
                    logits.div(batch.temperature()),
                    tensor(step, taken, batch.teacherTargets(), batch.rows(), classes)));
      }
      collector.backward(loss);
      double[] gradient = new double[point.length];
      for (int layer = 0; layer < network.layers(); layer++) {
        copy(matrices.get(layer).getGradient(), gradient, network.weightFrom(layer));
        copy(biases.get(layer).getGradient(), gradient, network.biasFrom(layer));
      }
      return sum(loss.getFloat(), logits.toFloatArray(), batch, gradient);
    }
  }

  private static NDArray crossEntropy(NDArray logits, NDArray targets) {
    return logits.logSoftmax(1).mul(targets).sum().neg();
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

  private static LossSum sum(double loss, float[] logits, NetworkBatch batch, double[] gradient) {
    int classes = logits.length / batch.rows();
    double weight = 0;
    double correct = 0;
    for (int row = 0; row < batch.rows(); row++) {
      weight += batch.weights()[row];
      if (Argmax.argmax(logits, row * classes, classes) == batch.labels()[row]) {
        correct += batch.weights()[row];
      }
    }
    return new LossSum(loss, weight, correct, gradient);
  }

  private NDArray parameter(
      NDManager step, List<ByteBuffer> taken, double[] point, int from, int... dimensions) {
    ByteBuffer memory = memory(taken, dimensions);
    FloatBuffer values = memory.asFloatBuffer();
    for (int i = 0; values.hasRemaining(); i++) {
      values.put((float) point[from + i]);
    }
    NDArray parameter = array(step, memory, dimensions);
    parameter.setRequiresGradient(true);
    return parameter;
  }

  private NDArray tensor(
      NDManager step, List<ByteBuffer> taken, float[] values, int... dimensions) {
    ByteBuffer memory = memory(taken, dimensions);
    FloatBuffer floats = memory.asFloatBuffer();
    floats.put(values, 0, floats.remaining());
    return array(step, memory, dimensions);
  }

  private ByteBuffer memory(List<ByteBuffer> taken, int... dimensions) {
    int bytes = Float.BYTES;
    for (int dimension : dimensions) {
      bytes = Math.multiplyExact(bytes, dimension);
    }
    ByteBuffer memory = buffers.take(bytes);
    taken.add(memory);
    return memory;
  }

  private static NDArray array(NDManager step, ByteBuffer memory, int... dimensions) {
    long[] shape = new long[dimensions.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dimensions[i];
    }
    return step.create(memory, new Shape(shape), DataType.FLOAT32);
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
