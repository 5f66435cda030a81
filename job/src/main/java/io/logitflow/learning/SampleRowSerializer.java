package io.logitflow.learning;

import io.logitflow.training.sample.SampleRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serialises {@link SampleRow}s. They are immutable, so a checkpoint begins with the copy of a list
 * of references, and everything else of it happens beside the stream.
 */
public final class SampleRowSerializer extends TypeSerializerSingleton<SampleRow> {

  static final SampleRowSerializer INSTANCE = new SampleRowSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public SampleRow createInstance() {
    return new SampleRow(0, 0, "", new float[0]);
  }

  @Override
  public SampleRow copy(SampleRow from) {
    return from;
  }

  @Override
  public SampleRow copy(SampleRow from, SampleRow reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(SampleRow row, DataOutputView target) throws IOException {
    SampleFormat.write(row, target);
  }

  @Override
  public SampleRow deserialize(DataInputView source) throws IOException {
    return SampleFormat.readRow(source);
  }

  @Override
  public SampleRow deserialize(SampleRow reuse, DataInputView source) throws IOException {
    return SampleFormat.readRow(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    SampleFormat.write(SampleFormat.readRow(source), target);
  }

  @Override
  public TypeSerializerSnapshot<SampleRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Stands for the serialiser in checkpoints, which name this class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SampleRow> {

    /** Creates a snapshot. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
