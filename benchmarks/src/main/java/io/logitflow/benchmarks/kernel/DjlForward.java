package io.logitflow.benchmarks.kernel;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * PyTorch through DJL: one thread, and weights and features that are tensors already, made from
 * direct buffers. The probabilities stay a tensor: what it costs to read them is not counted.
 */
final class DjlForward implements Forward {

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final List<NDArray> weights = new ArrayList<>();
  private final List<NDArray> biases = new ArrayList<>();
  private final NDArray features;
  private NDManager results = manager.newSubManager();
  private NDArray probabilities;

  DjlForward(Network network, int rows) {
    for (Network.Layer layer : network.layers()) {
      weights.add(tensor(layer.weights(), layer.outputs(), layer.inputs()));
      biases.add(tensor(layer.biases(), layer.outputs()));
    }
    this.features = tensor(network.features(rows), rows, network.inputs());
    this.probabilities = features;
  }

  private NDArray tensor(float[] values, long... dimensions) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    return manager.create(bytes, new Shape(dimensions), DataType.FLOAT32);
  }

  @Override
  public void run() {
    results.close();
    results = manager.newSubManager();
    NDArray current = features;
    for (int i = 0; i < weights.size(); i++) {
      if (i > 0) {
        current = Activation.relu(current);
      }
      current = Linear.linear(current, weights.get(i), biases.get(i)).singletonOrThrow();
      current.attach(results);
    }
    probabilities = current.softmax(1);
    probabilities.attach(results);
  }

  @Override
  public float[] probabilities() {
    return probabilities.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
