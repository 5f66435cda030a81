package io.logitflow.benchmarks.kernel;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime at its best: one thread, all its optimisations, the batch size fixed in the model,
 * and tensors over direct buffers that are bound once, so a run copies and allocates nothing.
 */
final class OnnxRuntimeForward implements Forward {

  private final OrtSession session;
  private final OnnxTensor input;
  private final OnnxTensor output;
  private final FloatBuffer probabilities;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  OnnxRuntimeForward(Network network, int rows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(OnnxModel.bytes(network, rows), options);
    }
    FloatBuffer features = direct(rows * network.inputs()).put(network.features(rows)).rewind();
    this.input = OnnxTensor.createTensor(environment, features, shape(rows, network.inputs()));
    this.probabilities = direct(rows * network.classes());
    this.output =
        OnnxTensor.createTensor(environment, probabilities, shape(rows, network.classes()));
    this.inputs = Map.of(OnnxModel.INPUT, input);
    this.outputs = Map.of(OnnxModel.OUTPUT, output);
  }

  private static FloatBuffer direct(int length) {
    return ByteBuffer.allocateDirect(length * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static long[] shape(long... dimensions) {
    return dimensions;
  }

  @Override
  public void run() {
    try {
      session.run(inputs, outputs).close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refused the batch", e);
    }
  }

  @Override
  public float[] probabilities() {
    float[] copy = new float[probabilities.capacity()];
    probabilities.duplicate().rewind().get(copy);
    return copy;
  }

  @Override
  public void close() {
    input.close();
    output.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close its session", e);
    }
  }
}
