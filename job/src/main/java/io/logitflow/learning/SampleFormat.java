package io.logitflow.learning;

import io.logitflow.label.CompactNumbers;
import io.logitflow.training.sample.Cuts;
import io.logitflow.training.sample.SampleRow;
import io.logitflow.training.sample.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of samples, in state and on the way between subtasks. */
final class SampleFormat {

  private SampleFormat() {}

  static void write(SampleRow row, DataOutputView out) throws IOException {
    out.writeLong(row.hash());
    CompactNumbers.writeLong(out, row.time());
    out.writeUTF(row.label());
    CompactNumbers.writeInt(out, row.features().length);
    for (float feature : row.features()) {
      out.writeFloat(feature);
    }
  }

  static SampleRow readRow(DataInputView in) throws IOException {
    long hash = in.readLong();
    long time = CompactNumbers.readLong(in);
    String label = in.readUTF();
    float[] features = new float[CompactNumbers.readInt(in)];
    for (int i = 0; i < features.length; i++) {
      features[i] = in.readFloat();
    }
    return new SampleRow(hash, time, label, features);
  }

  static byte[] rows(List<SampleRow> rows) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    CompactNumbers.writeInt(out, rows.size());
    for (SampleRow row : rows) {
      write(row, out);
    }
    return out.getCopyOfBuffer();
  }

  static List<SampleRow> readRows(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int count = CompactNumbers.readInt(in);
    List<SampleRow> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(readRow(in));
    }
    return rows;
  }

  /** Where the strata of a shard end, and its tally. */
  record Summary(Cuts cuts, Tally tally) {

    byte[] write() throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(256);
      cuts.write(out);
      tally.write(out);
      return out.getCopyOfBuffer();
    }

    static Summary read(byte[] bytes) throws IOException {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      return new Summary(Cuts.read(in), Tally.read(in));
    }
  }
}
