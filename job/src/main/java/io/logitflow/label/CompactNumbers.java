package io.logitflow.label;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Integers of either sign in as few bytes as they need: seven bits a byte, least significant first.
 */
public final class CompactNumbers {

  private CompactNumbers() {}

  /** Writes a number of 32 bits. */
  public static void writeInt(DataOutputView out, int value) throws IOException {
    writeLong(out, value);
  }

  /** Reads what {@link #writeInt} wrote. */
  public static int readInt(DataInputView in) throws IOException {
    return (int) readLong(in);
  }

  /** Writes a number. */
  public static void writeLong(DataOutputView out, long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** Reads what {@link #writeLong} wrote. */
  public static long readLong(DataInputView in) throws IOException {
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
