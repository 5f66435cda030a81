package io.logitflow.connector.wire;

import java.util.OptionalDouble;

/**
 * The fields that predictions and shadow predictions end their own part with: confidence,
 * probabilities, logits and labels. Nothing is allocated for them.
 */
final class ScoreFields {

  private final int classes;
  private final int fixedSize;

  /** From here on a class is a label of the record; above 1 if a record has just one. */
  private final float labelThreshold;

  ScoreFields(int classes, OptionalDouble labelThreshold) {
    this.classes = classes;
    this.fixedSize = Float.BYTES + 2 * AvroLayout.floatsSize(classes);
    this.labelThreshold = (float) labelThreshold.orElse(Double.POSITIVE_INFINITY);
  }

  /** Bytes of the fields of a row whose probabilities begin at {@code from}. */
  int size(float[] probabilities, int from) {
    return fixedSize + (labelThreshold > 1 ? 1 : labelsSize(probabilities, from));
  }

  /** Writes the fields of a row whose probabilities and logits begin at {@code from}. */
  int put(int label, float[] probabilities, float[] logits, int from, byte[] out, int start) {
    int to = AvroLayout.putFloat(probabilities[from + label], out, start);
    to = AvroLayout.putFloats(probabilities, from, classes, out, to);
    to = AvroLayout.putFloats(logits, from, classes, out, to);
    if (labelThreshold <= 1) {
      to = putLabels(probabilities, from, out, to);
    }
    out[to] = 0;
    return to + 1;
  }

  private int labelsSize(float[] probabilities, int from) {
    int count = 0;
    int size = 1;
    for (int k = 0; k < classes; k++) {
      if (probabilities[from + k] >= labelThreshold) {
        size += AvroLayout.longSize(k);
        count++;
      }
    }
    return count == 0 ? size : size + AvroLayout.longSize(count);
  }

  /** One block of the classes that reach the threshold, if any. */
  private int putLabels(float[] probabilities, int from, byte[] out, int start) {
    int count = 0;
    for (int k = 0; k < classes; k++) {
      if (probabilities[from + k] >= labelThreshold) {
        count++;
      }
    }
    if (count == 0) {
      return start;
    }
    int to = AvroLayout.putLong(count, out, start);
    for (int k = 0; k < classes; k++) {
      if (probabilities[from + k] >= labelThreshold) {
        to = AvroLayout.putLong(k, out, to);
      }
    }
    return to;
  }
}
