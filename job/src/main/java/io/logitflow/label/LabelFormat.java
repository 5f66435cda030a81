package io.logitflow.label;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a {@link LabelGroup} in state: some 10 of a label by index without a source. */
public final class LabelFormat {

  private static final int NAME = 1;
  private static final int SOURCE = 2;

  private LabelFormat() {}

  /** Writes a group. */
  public static void write(LabelGroup group, DataOutputView out) throws IOException {
    TrueLabel label = group.label();
    out.writeByte((label.name() != null ? NAME : 0) | (label.source() != null ? SOURCE : 0));
    CompactNumbers.writeLong(out, label.time());
    CompactNumbers.writeLong(out, label.time() - group.firstTime());
    CompactNumbers.writeInt(out, group.count());
    if (label.name() != null) {
      out.writeUTF(label.name());
    } else {
      out.writeInt(label.index());
    }
    if (label.source() != null) {
      out.writeUTF(label.source());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static LabelGroup read(DataInputView in) throws IOException {
    int flags = in.readByte();
    long time = CompactNumbers.readLong(in);
    long firstTime = time - CompactNumbers.readLong(in);
    int count = CompactNumbers.readInt(in);
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
}
