package io.logitflow.classifier.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.logitflow.classifier.Network;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A user of a loaded network. Every array of a batch belongs to a manager of that batch, which is
 * closed on the thread that opened it: nothing is left of a batch but the outputs of the caller.
 */
final class DjlNetwork implements Network {

  private final Model model;
  private final Runnable release;
  private final Shape row;
  private final int inputs;
  private final int outputs;
  private final DirectBuffers buffers = new DirectBuffers();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A user of a model.
   *
   * @param inputShape shape of one row
   * @param outputs number of values per row
   * @param release gives the model back, once
   */
  DjlNetwork(Model model, List<Integer> inputShape, int outputs, Runnable release) {
    this.model = model;
    this.row = new Shape(inputShape.stream().mapToLong(Integer::longValue).toArray());
    this.inputs = Math.toIntExact(row.size());
    this.outputs = outputs;
    this.release = release;
  }

  @Override
  public void run(float[] input, int rows, float[] output) {
    int values = Math.multiplyExact(rows, inputs);
    Objects.checkFromIndexSize(0, values, input.length);
    Objects.checkFromIndexSize(0, Math.multiplyExact(rows, outputs), output.length);
    ByteBuffer buffer = buffers.take(Math.multiplyExact(values, Float.BYTES));
    try (NDManager batch = model.getNDManager().newSubManager()) {
      buffer.asFloatBuffer().put(input, 0, values);
      NDArray features = batch.create(buffer, new Shape(rows).addAll(row), DataType.FLOAT32);
      NDArray result = only(forward(batch, features));
      check(result, rows);
      result.toByteBuffer(true).asFloatBuffer().get(output, 0, rows * outputs);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private NDList forward(NDManager batch, NDArray features) {
    return model
        .getBlock()
        .forward(new ParameterStore(batch, false), new NDList(features), /* training= */ false);
  }

  private static NDArray only(NDList results) {
    if (results.size() != 1) {
      throw new UnexpectedOutputException(
          "it yields %d arrays, expected one: the logits or the probabilities"
              .formatted(results.size()));
    }
    return results.head();
  }

  private void check(NDArray result, int rows) {
    Shape expected = new Shape(rows, outputs);
    if (!result.getShape().equals(expected) || result.getDataType() != DataType.FLOAT32) {
      throw new UnexpectedOutputException(
          "it yields %s of shape %s for %d rows, expected float32 of shape %s"
              .formatted(result.getDataType(), result.getShape(), rows, expected));
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
