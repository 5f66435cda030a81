package io.logitflow.feedback;

import io.logitflow.label.CompactNumbers;
import io.logitflow.label.LabelFormat;
import io.logitflow.label.LabelGroup;
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

  private final DataOutputSerializer out = new DataOutputSerializer(256);
  private final DataInputDeserializer in = new DataInputDeserializer();

  byte[] write(RecordHistory history) throws IOException {
    out.clear();
    out.writeByte(VERSION);
    CompactNumbers.writeInt(out, history.predictions().size());
    for (ServedPrediction prediction : history.predictions()) {
      write(prediction);
    }
    CompactNumbers.writeInt(out, history.labels().size());
    for (LabelGroup group : history.labels()) {
      LabelFormat.write(group, out);
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
    int predictionCount = CompactNumbers.readInt(in);
    List<ServedPrediction> predictions = new ArrayList<>(predictionCount + 1);
    for (int i = 0; i < predictionCount; i++) {
      predictions.add(readPrediction());
    }
    int labelCount = CompactNumbers.readInt(in);
    List<LabelGroup> labels = new ArrayList<>(labelCount + 1);
    for (int i = 0; i < labelCount; i++) {
      labels.add(LabelFormat.read(in));
    }
    return new RecordHistory(recordId, predictions, labels);
  }

  private void write(ServedPrediction prediction) throws IOException {
    boolean logits = prediction.logits().length > 0;
    out.writeByte(
        (prediction.challenger() ? CHALLENGER : 0)
            | (prediction.segment() != null ? SEGMENT : 0)
            | (logits ? LOGITS : 0));
    CompactNumbers.writeLong(out, prediction.time());
    CompactNumbers.writeLong(out, prediction.modelVersion());
    CompactNumbers.writeInt(out, prediction.calibrationVersion());
    CompactNumbers.writeInt(out, prediction.label());
    if (prediction.segment() != null) {
      out.writeUTF(prediction.segment());
    }
    CompactNumbers.writeInt(out, prediction.classes());
    write(prediction.probabilities());
    if (logits) {
      write(prediction.logits());
    }
  }

  private ServedPrediction readPrediction() throws IOException {
    int flags = in.readByte();
    long time = CompactNumbers.readLong(in);
    long modelVersion = CompactNumbers.readLong(in);
    int calibrationVersion = CompactNumbers.readInt(in);
    int label = CompactNumbers.readInt(in);
    String segment = (flags & SEGMENT) != 0 ? in.readUTF() : null;
    int classes = CompactNumbers.readInt(in);
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
}
