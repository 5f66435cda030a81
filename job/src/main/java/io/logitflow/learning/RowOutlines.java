package io.logitflow.learning;

import io.logitflow.training.sample.SampleRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Rows of which everything is known but the values of their features: which rows a sample has, what
 * they weigh and which of them judge depends on hashes, times, labels and numbers of features only.
 * Their features are zeros that all of them share, so that they take hardly any memory.
 */
final class RowOutlines {

  private final Map<Integer, float[]> zeros = new HashMap<>();

  static byte[] write(List<SampleRow> rows) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    out.writeInt(rows.size());
    for (SampleRow row : rows) {
      out.writeLong(row.hash());
      out.writeLong(row.time());
      out.writeUTF(row.label());
      out.writeInt(row.features().length);
    }
    return out.getCopyOfBuffer();
  }

  List<SampleRow> read(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int count = in.readInt();
    List<SampleRow> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(
          new SampleRow(
              in.readLong(),
              in.readLong(),
              in.readUTF(),
              zeros.computeIfAbsent(in.readInt(), float[]::new)));
    }
    return rows;
  }
}
