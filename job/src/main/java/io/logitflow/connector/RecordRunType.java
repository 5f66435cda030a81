package io.logitflow.connector;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The type of {@link RecordRun}. Its serialiser refuses to work: a run points into the buffers of
 * Kafka's consumer, megabytes of other records among them, and is to be taken by an operator in the
 * task of its source.
 */
public final class RecordRunType extends OpaqueType<RecordRun> {

  private static final long serialVersionUID = 1L;

  /** Creates the type. */
  public RecordRunType() {
    super(RecordRun.class, Refusing.INSTANCE);
  }

  /** Never asked in a task whose operator is chained to its source and reuses objects. */
  private static final class Refusing extends TypeSerializerSingleton<RecordRun> {

    static final Refusing INSTANCE = new Refusing();

    private static final long serialVersionUID = 1L;

    private static IllegalStateException leavesTask() {
      return new IllegalStateException(
          "A run of records must not leave the task of its source: operator chaining"
              + " has to be on (pipeline.operator-chaining.enabled)");
    }

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public RecordRun createInstance() {
      return null;
    }

    @Override
    public RecordRun copy(RecordRun from) {
      return from;
    }

    @Override
    public RecordRun copy(RecordRun from, RecordRun reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public void serialize(RecordRun run, DataOutputView target) throws IOException {
      throw leavesTask();
    }

    @Override
    public RecordRun deserialize(DataInputView source) throws IOException {
      throw leavesTask();
    }

    @Override
    public RecordRun deserialize(RecordRun reuse, DataInputView source) throws IOException {
      throw leavesTask();
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      throw leavesTask();
    }

    @Override
    public TypeSerializerSnapshot<RecordRun> snapshotConfiguration() {
      return new SimpleTypeSerializerSnapshot<>(() -> INSTANCE) {};
    }
  }
}
