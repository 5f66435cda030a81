package io.logitflow.generator.encoding;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes {@link io.logitflow.schema.Label}s by hand. Immutable. */
public final class LabelEncoder {
  private final byte[] prefix;
  private final byte[][] names;

  private LabelEncoder(byte[] prefix, byte[][] names) {
    this.prefix = prefix.clone();
    this.names = names;
  }

  /**
   * An encoder that writes the index of the class.
   *
   * @param prefix what says which schema wrote the record, from {@link SchemaPrefix}
   */
  public static LabelEncoder ofIndices(byte[] prefix) {
    return new LabelEncoder(prefix, new byte[0][]);
  }

  /** An encoder that writes the name of the class. */
  public static LabelEncoder ofNames(byte[] prefix, List<String> classNames) {
    return new LabelEncoder(
        prefix,
        classNames.stream()
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /**
   * Encodes a record; the fields are in the order of the schema, and the source is null.
   *
   * @param id UTF-8
   * @param time event time, in milliseconds since 1970
   * @param label index of the class
   */
  public byte[] encode(byte[] id, long time, int label) {
    int labelSize =
        names.length == 0
            ? AvroBytes.sizeOf(label)
            : AvroBytes.sizeOf(names[label].length) + names[label].length;
    int size =
        prefix.length
            + AvroBytes.sizeOf(id.length)
            + id.length
            + AvroBytes.sizeOf(time)
            + 1
            + labelSize
            + 1;
    AvroBytes bytes = new AvroBytes(size).writeRaw(prefix).writeString(id).writeLong(time);
    if (names.length == 0) {
      bytes.writeLong(0).writeLong(label);
    } else {
      bytes.writeLong(1).writeString(names[label]);
    }
    return bytes.writeLong(0).toArray();
  }
}
