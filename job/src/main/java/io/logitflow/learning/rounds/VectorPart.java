package io.logitflow.learning.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * A part of a question or of an answer. Vectors travel in parts because a message of Flink's RPC
 * may not be larger than {@code pekko.framesize}, 10 MiB unless configured otherwise.
 *
 * @param id which round
 * @param step what the vector is about
 * @param offset place of the first value in the vector
 * @param length number of values of the whole vector
 * @param values the part; empty only if the vector is
 */
record VectorPart(RoundId id, Step step, int offset, int length, double[] values)
    implements OperatorEvent {

  /** Values of a part: 2 MiB, so that one part delays other messages by little. */
  static final int DEFAULT_VALUES = 1 << 18;

  /** Cuts a vector into parts. */
  static List<VectorPart> of(RoundId id, Step step, double[] vector, int valuesOfPart) {
    List<VectorPart> parts = new ArrayList<>(vector.length / valuesOfPart + 1);
    int offset = 0;
    do {
      int end = (int) Math.min(vector.length, (long) offset + valuesOfPart);
      double[] values = Arrays.copyOfRange(vector, offset, end);
      parts.add(new VectorPart(id, step, offset, vector.length, values));
      offset = end;
    } while (offset < vector.length);
    return parts;
  }

  @Override
  public String toString() {
    return "%s of %s, %d values from %d on of %d"
        .formatted(step, id, values.length, offset, length);
  }
}
