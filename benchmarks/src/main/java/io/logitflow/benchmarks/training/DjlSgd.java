package io.logitflow.benchmarks.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Softmax regression by mini-batch SGD with PyTorch's autograd, through DJL. All rows are one
 * tensor already, and a mini-batch is taken from it by an index, as a shuffled epoch needs it.
 */
final class DjlSgd implements AutoCloseable {

  private static final float RATE = 0.1f;
  private static final int BATCH = 256;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final int rows;
  private final int classes;
  private final NDArray features;
  private final NDArray labels;

  DjlSgd(float[] values, long[] classOfRow, int columns, int classes) {
    this.rows = classOfRow.length;
    this.classes = classes;
    ByteBuffer bytes = direct((long) values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    features = manager.create(bytes, new Shape(rows, columns), DataType.FLOAT32);
    labels = manager.create(classOfRow);
  }

  private static ByteBuffer direct(long length) {
    return ByteBuffer.allocateDirect(Math.toIntExact(length)).order(ByteOrder.nativeOrder());
  }

  /** Accuracy over the rows after some epochs from zero. */
  double train(int epochs) {
    SplittableRandom random = new SplittableRandom(0);
    long[] order = new long[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    try (NDManager run = manager.newSubManager()) {
      NDArray weight = run.zeros(new Shape(classes, features.getShape().get(1)));
      NDArray bias = run.zeros(new Shape(classes));
      weight.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      for (int epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, random);
        for (int from = 0; from < rows; from += BATCH) {
          int count = Math.min(BATCH, rows - from);
          long[] batch = new long[count];
          System.arraycopy(order, from, batch, 0, count);
          step(run, batch, weight, bias);
        }
      }
      try (NDManager result = run.newSubManager()) {
        NDArray logits = features.matMul(weight.transpose()).add(bias);
        logits.attach(result);
        return logits.argMax(1).eq(labels).toType(DataType.FLOAT32, false).mean().getFloat();
      }
    }
  }

  private void step(NDManager run, long[] batch, NDArray weight, NDArray bias) {
    try (NDManager step = run.newSubManager()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray index = step.create(batch);
        NDArray x = features.get(index);
        NDArray y = labels.get(index);
        x.attach(step);
        y.attach(step);
        NDArray transposed = weight.transpose();
        transposed.attach(step);
        NDArray logits = x.matMul(transposed).add(bias);
        NDArray logProbabilities = logits.logSoftmax(1);
        collector.backward(logProbabilities.gather(y.reshape(batch.length, 1), 1).mean().neg());
      }
      move(step, weight);
      move(step, bias);
    }
  }

  /** Outside of the collector, as PyTorch changes no parameter in place while it records. */
  private static void move(NDManager step, NDArray parameter) {
    NDArray gradient = parameter.getGradient();
    gradient.attach(step);
    parameter.subi(gradient.mul(RATE));
    gradient.subi(gradient);
  }

  private static void shuffle(long[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
