package io.logitflow.connector.wire;

import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Lays out {@link Prediction} records of one model version by hand. What is the same in all of
 * them, or in all of a micro-batch, is encoded once; the size of a record is known before it is
 * written, so it is written straight into its final array. For one thread. A test reads every field
 * back with the Avro library and fails if the schema gains a field that is not written here.
 */
public final class PredictionEncoder {

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] NO_LABELS = {0};
  private static final byte NO_SEGMENT = 0;
  private static final byte SEGMENT = 2;

  private final byte[] header;
  private final byte[] modelFields;
  private final byte[][] labelFields;
  private final byte[] arrayHeader;
  private final int classes;

  /** From here on a class is a label of the record; above 1 if a record has just one. */
  private final float labelThreshold;

  /**
   * By class, what follows the segment: time of scoring, model, class and its name. Null where it
   * was not needed yet at {@link #scoringTime}.
   */
  private final byte[][] scoringFields;

  private long scoringTime;

  /**
   * Creates the encoder of a model version.
   *
   * @param header header of the wire format
   * @param model what the records say of the model
   * @param classNames names of the classes
   * @param labelThreshold probability from which a class is a label; empty if a record has just one
   */
  public PredictionEncoder(
      byte[] header, ModelFields model, List<String> classNames, OptionalDouble labelThreshold) {
    this.header = header.clone();
    this.modelFields = model.encode();
    this.classes = classNames.size();
    this.arrayHeader = longBytes(classes);
    this.labelFields = new byte[classes][];
    for (int label = 0; label < classes; label++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(longBytes(label));
      writeString(out, classNames.get(label));
      labelFields[label] = out.toByteArray();
    }
    this.scoringFields = new byte[classes][];
    this.labelThreshold = (float) labelThreshold.orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * What predictions say of the model that made them.
   *
   * @param name name of the model
   * @param version version of the model
   * @param role what the version is to the job
   * @param calibrationVersion version of the calibration parameters
   * @param weightsChecksum SHA-256 of the weights, 32 bytes
   */
  public record ModelFields(
      String name, long version, ModelRole role, int calibrationVersion, byte[] weightsChecksum) {

    private byte[] encode() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      writeString(out, name);
      out.writeBytes(longBytes(version));
      out.writeBytes(longBytes(ModelRole.getClassSchema().getEnumOrdinal(role.name())));
      out.writeBytes(longBytes(calibrationVersion));
      out.writeBytes(weightsChecksum);
      return out.toByteArray();
    }
  }

  /**
   * Encodes a prediction.
   *
   * @param row the record that was scored
   * @param scoredAt wall-clock time in ms since the epoch
   * @param label predicted class
   * @param probabilities probabilities of the batch
   * @param logits logits of the batch
   * @param from where those of the record begin in both
   */
  public byte[] encode(
      FeatureRow row, long scoredAt, int label, float[] probabilities, float[] logits, int from) {
    byte[] scoring = scoringFields(scoredAt, label);
    boolean segment = row.segmentLength() >= 0;
    byte[] labels = labelThreshold > 1 ? NO_LABELS : labels(probabilities, from);
    int size =
        header.length
            + longSize(row.idLength())
            + row.idLength()
            + longSize(row.time())
            + 1
            + (segment ? longSize(row.segmentLength()) + row.segmentLength() : 0)
            + scoring.length
            + Float.BYTES
            + 2 * (arrayHeader.length + classes * Float.BYTES + 1)
            + labels.length;
    byte[] out = new byte[size];
    int to = put(header, out, 0);
    to = putLong(row.idLength(), out, to);
    to = row.putId(out, to);
    to = putLong(row.time(), out, to);
    out[to++] = segment ? SEGMENT : NO_SEGMENT;
    if (segment) {
      to = putLong(row.segmentLength(), out, to);
      to = row.putSegment(out, to);
    }
    to = put(scoring, out, to);
    FLOATS.set(out, to, probabilities[from + label]);
    to = putFloats(probabilities, from, out, to + Float.BYTES);
    to = putFloats(logits, from, out, to);
    put(labels, out, to);
    return out;
  }

  /** One block of the classes that reach the threshold, if any, and the block of none. */
  private byte[] labels(float[] probabilities, int from) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    int count = 0;
    for (int k = 0; k < classes; k++) {
      if (probabilities[from + k] >= labelThreshold) {
        block.writeBytes(longBytes(k));
        count++;
      }
    }
    if (count == 0) {
      return NO_LABELS;
    }
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    array.writeBytes(longBytes(count));
    array.writeBytes(block.toByteArray());
    array.writeBytes(NO_LABELS);
    return array.toByteArray();
  }

  private byte[] scoringFields(long scoredAt, int label) {
    if (scoredAt != scoringTime) {
      Arrays.fill(scoringFields, null);
      scoringTime = scoredAt;
    }
    if (scoringFields[label] == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(longBytes(scoredAt));
      out.writeBytes(modelFields);
      out.writeBytes(labelFields[label]);
      scoringFields[label] = out.toByteArray();
    }
    return scoringFields[label];
  }

  /** One block of all values, and the block of none that ends an array. */
  private int putFloats(float[] values, int from, byte[] out, int start) {
    int to = start;
    for (byte b : arrayHeader) {
      out[to++] = b;
    }
    for (int i = 0; i < classes; i++) {
      FLOATS.set(out, to, values[from + i]);
      to += Float.BYTES;
    }
    out[to] = 0;
    return to + 1;
  }

  private static int put(byte[] bytes, byte[] out, int to) {
    System.arraycopy(bytes, 0, out, to, bytes.length);
    return to + bytes.length;
  }

  private static int longSize(long value) {
    long zigZag = (value << 1) ^ (value >> 63);
    return zigZag == 0 ? 1 : (70 - Long.numberOfLeadingZeros(zigZag)) / 7;
  }

  private static int putLong(long value, byte[] out, int start) {
    int to = start;
    long zigZag = (value << 1) ^ (value >> 63);
    while ((zigZag & ~0x7fL) != 0) {
      out[to++] = (byte) (zigZag | 0x80);
      zigZag >>>= 7;
    }
    out[to++] = (byte) zigZag;
    return to;
  }

  private static byte[] longBytes(long value) {
    byte[] bytes = new byte[longSize(value)];
    putLong(value, bytes, 0);
    return bytes;
  }

  private static void writeString(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(longBytes(utf8.length));
    out.writeBytes(utf8);
  }
}
