package io.logitflow.learning.rounds;

import java.nio.ByteBuffer;

/**
 * How far a training has come: what the coordinator puts into a checkpoint.
 *
 * @param training number of the training; 0 before the first
 * @param iterations of the optimiser, over all attempts
 * @param point the best point so far; of length 0 before the first iteration. Not changed any more
 */
public record TrainingProgress(long training, int iterations, double[] point) {

  private static final int VERSION = 1;

  private static final int HEADER_BYTES =
      Integer.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

  /** A training that has no point yet. */
  public static TrainingProgress begun(long training) {
    return new TrainingProgress(training, 0, new double[0]);
  }

  /** Whether an attempt before this one has come to a point. */
  public boolean isResumed() {
    return point.length > 0;
  }

  /**
   * As bytes: version, training, iterations, length and values of the point, big-endian.
   *
   * @throws ArithmeticException if the point is too large for an array of bytes
   */
  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Math.addExact(HEADER_BYTES, Math.multiplyExact(point.length, Double.BYTES)));
    bytes.putInt(VERSION).putLong(training).putInt(iterations).putInt(point.length);
    bytes.asDoubleBuffer().put(point);
    return bytes.array();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException if a later version of this class wrote it
   */
  static TrainingProgress fromBytes(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new IllegalStateException(
          "state of a training coordinator of version %d, expected %d: it was written by another version of this job"
              .formatted(version, VERSION));
    }
    long training = bytes.getLong();
    int iterations = bytes.getInt();
    double[] point = new double[bytes.getInt()];
    bytes.asDoubleBuffer().get(point);
    return new TrainingProgress(training, iterations, point);
  }

  @Override
  public String toString() {
    return "training %d after %d iterations".formatted(training, iterations);
  }
}
