package io.logitflow.classifier;

/**
 * A network of another program, loaded and ready to run. Threads may share one.
 *
 * <p>What goes in and comes out is plain memory of the caller; nothing of the engine that runs it
 * shows.
 */
public interface Network extends AutoCloseable {

  /**
   * Runs the network.
   *
   * @param input {@code [rows, inputs]}, row-major; may be longer
   * @param rows number of rows, at least 1
   * @param output {@code [rows, outputs]}, row-major; may be longer, and is not written beyond
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void run(float[] input, int rows, float[] output);

  /** Gives back what it holds; the last user of the same weights frees them. */
  @Override
  void close();
}
