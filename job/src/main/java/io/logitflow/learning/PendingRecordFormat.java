package io.logitflow.learning;

import io.logitflow.label.CompactNumbers;
import io.logitflow.label.LabelFormat;
import io.logitflow.label.LabelGroup;
import io.logitflow.training.sample.OffsetSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The bytes of a {@link PendingRecord} in state: 4 per feature and some 20 more. */
final class PendingRecordFormat {

  private static final int VERSION = 1;

  private final DataOutputSerializer out = new DataOutputSerializer(256);
  private final DataInputDeserializer in = new DataInputDeserializer();

  byte[] write(PendingRecord record) throws IOException {
    out.clear();
    out.writeByte(VERSION);
    out.writeBoolean(record.features().isPresent());
    if (record.features().isPresent()) {
      write(record.features().get());
    }
    CompactNumbers.writeInt(out, record.labels().size());
    for (LabelGroup group : record.labels()) {
      LabelFormat.write(group, out);
    }
    CompactNumbers.writeInt(out, record.labelSpans().size());
    for (Map.Entry<Integer, OffsetSpan> span : record.labelSpans().entrySet()) {
      CompactNumbers.writeInt(out, span.getKey());
      CompactNumbers.writeLong(out, span.getValue().from());
      CompactNumbers.writeLong(out, span.getValue().to());
    }
    return out.getCopyOfBuffer();
  }

  private void write(TrainingEvent features) throws IOException {
    CompactNumbers.writeLong(out, features.time());
    CompactNumbers.writeInt(out, features.partition());
    CompactNumbers.writeLong(out, features.offset());
    CompactNumbers.writeInt(out, features.features().length);
    for (float feature : features.features()) {
      out.writeFloat(feature);
    }
  }

  PendingRecord read(String recordId, byte[] bytes) throws IOException {
    in.setBuffer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "State of record '%s' is of version %d, expected %d: it was written by another release"
              .formatted(recordId, version, VERSION));
    }
    Optional<TrainingEvent> features =
        in.readBoolean() ? Optional.of(readFeatures(recordId)) : Optional.empty();
    int groupCount = CompactNumbers.readInt(in);
    List<LabelGroup> groups = new ArrayList<>(groupCount + 1);
    for (int i = 0; i < groupCount; i++) {
      groups.add(LabelFormat.read(in));
    }
    Map<Integer, OffsetSpan> spans = new TreeMap<>();
    for (int left = CompactNumbers.readInt(in); left > 0; left--) {
      spans.put(
          CompactNumbers.readInt(in),
          new OffsetSpan(CompactNumbers.readLong(in), CompactNumbers.readLong(in)));
    }
    return new PendingRecord(features, groups, spans);
  }

  private TrainingEvent readFeatures(String recordId) throws IOException {
    long time = CompactNumbers.readLong(in);
    int partition = CompactNumbers.readInt(in);
    long offset = CompactNumbers.readLong(in);
    float[] features = new float[CompactNumbers.readInt(in)];
    for (int i = 0; i < features.length; i++) {
      features[i] = in.readFloat();
    }
    return new TrainingEvent(recordId, time, partition, offset, features, null);
  }
}
