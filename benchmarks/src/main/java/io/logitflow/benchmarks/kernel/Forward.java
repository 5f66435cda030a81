package io.logitflow.benchmarks.kernel;

/** A forward pass of one network over one batch, whose input lies where the runtime wants it. */
public interface Forward extends AutoCloseable {

  /** Computes the probabilities and leaves them where the runtime does. */
  void run();

  /** Copies what the last {@link #run()} computed, {@code [rows, classes]}, row-major. */
  float[] probabilities();

  @Override
  void close();
}
