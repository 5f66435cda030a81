package io.logitflow.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The bytes of a {@link RecordHistory} in state. Millions of predictions wait for their labels, so
 * they are small: a prediction without segment takes 8 bytes per class and some 12 more.
 */
final class RecordHistoryFormat {

  private static final int VERSION = 1;
  private static final int CHALLENGER = 1;
  private static final int SEGMENT = 2;
  private static final int LOGITS = 4;
  private static final int NAME = 1;
  private static final int SOURCE = 2;

  private final DataOutputSerializer out = new DataOutputSerializer(256);
  private final DataInputDeserializer in = new DataInputDeserializer();

  byte[] write(RecordHistory history) throws IOException {
    out.clear();
    out.writeByte(VERSION);
    writeInt(history.predictions().size());
    for (ServedPrediction prediction : history.predictions()) {
      write(prediction);
    }
    writeInt(history.labels().size());
    for (LabelGroup group : history.labels()) {
      write(group);
    }
    return out.getCopyOfBuffer();
  }

  RecordHistory read(String recordId, byte[] bytes) throws IOException {
    in.setBuffer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "State of record '%s' is of version %d, expected %d: it was written by another release"
              .formatted(recordId, version, VERSION));
    }
    int predictionCount = readInt();
    List<ServedPrediction> predictions = new ArrayList<>(predictionCount + 1);
    for (int i = 0; i < predictionCount; i++) {
      predictions.add(readPrediction());
    }
    int labelCount = readInt();
    List<LabelGroup> labels = new ArrayList<>(labelCount + 1);
    for (int i = 0; i < labelCount; i++) {
      labels.add(readGroup());
    }
    return new RecordHistory(recordId, predictions, labels);
  }

  private void write(ServedPrediction prediction) throws IOException {
    boolean logits = prediction.logits().length > 0;
    out.writeByte(
        (prediction.challenger() ? CHALLENGER : 0)
            | (prediction.segment() != null ? SEGMENT : 0)
            | (logits ? LOGITS : 0));
    writeLong(prediction.time());
    writeLong(prediction.modelVersion());
    writeInt(prediction.calibrationVersion());
    writeInt(prediction.label());
    if (prediction.segment() != null) {
      out.writeUTF(prediction.segment());
    }
    writeInt(prediction.classes());
    write(prediction.probabilities());
    if (logits) {
      write(prediction.logits());
    }
  }

  private ServedPrediction readPrediction() throws IOException {
    int flags = in.readByte();
    long time = readLong();
    long modelVersion = readLong();
    int calibrationVersion = readInt();
    int label = readInt();
    String segment = (flags & SEGMENT) != 0 ? in.readUTF() : null;
    int classes = readInt();
    float[] probabilities = readFloats(classes);
    float[] logits = readFloats((flags & LOGITS) != 0 ? classes : 0);
    return new ServedPrediction(
        time,
        segment,
        modelVersion,
        calibrationVersion,
        (flags & CHALLENGER) != 0,
        label,
        probabilities,
        logits);
  }

  private void write(LabelGroup group) throws IOException {
    TrueLabel label = group.label();
    out.writeByte((label.name() != null ? NAME : 0) | (label.source() != null ? SOURCE : 0));
    writeLong(label.time());
    writeLong(label.time() - group.firstTime());
    writeInt(group.count());
    if (label.name() != null) {
      out.writeUTF(label.name());
    } else {
      out.writeInt(label.index());
    }
    if (label.source() != null) {
      out.writeUTF(label.source());
    }
  }

  private LabelGroup readGroup() throws IOException {
    int flags = in.readByte();
    long time = readLong();
    long firstTime = time - readLong();
    int count = readInt();
    String name = null;
    int index = -1;
    if ((flags & NAME) != 0) {
      name = in.readUTF();
    } else {
      index = in.readInt();
    }
    String source = (flags & SOURCE) != 0 ? in.readUTF() : null;
    return new LabelGroup(new TrueLabel(time, index, name, source), firstTime, count);
  }

  private void write(float[] values) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private float[] readFloats(int count) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private void writeInt(int value) throws IOException {
    writeLong(value);
  }

  private int readInt() throws IOException {
    return (int) readLong();
  }

  /** Seven bits a byte, least significant first; small numbers of either sign take little room. */
  private void writeLong(long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return (value >>> 1) ^ -(value & 1);
  }
}
