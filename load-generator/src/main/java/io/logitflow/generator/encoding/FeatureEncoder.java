package io.logitflow.generator.encoding;

/**
 * Writes {@link io.logitflow.schema.FeatureRecord}s by hand: one array of the exact size and one
 * bulk copy of the features, where the generated class would box every float. Immutable.
 */
public final class FeatureEncoder {
  private final byte[] prefix;

  /**
   * Makes an encoder.
   *
   * @param prefix what says which schema wrote the record, from {@link SchemaPrefix}
   */
  public FeatureEncoder(byte[] prefix) {
    this.prefix = prefix.clone();
  }

  /**
   * Encodes a record; the fields are in the order of the schema.
   *
   * @param id UTF-8
   * @param time event time, in milliseconds since 1970
   * @param segment UTF-8; null: none
   * @param features [features]; of a sparse record, those that it has
   * @param indices which features those of a sparse record are, ascending; null if it has all
   */
  public byte[] encode(byte[] id, long time, byte[] segment, float[] features, int[] indices) {
    int segmentSize = segment == null ? 1 : 1 + AvroBytes.sizeOf(segment.length) + segment.length;
    int size =
        prefix.length
            + AvroBytes.sizeOf(id.length)
            + id.length
            + AvroBytes.sizeOf(time)
            + segmentSize
            + sizeOfArray(features.length, features.length * Float.BYTES)
            + 1
            + (indices == null ? 0 : sizeOfArray(indices.length, AvroBytes.sizeOf(indices)));
    AvroBytes bytes = new AvroBytes(size).writeRaw(prefix).writeString(id).writeLong(time);
    if (segment == null) {
      bytes.writeLong(0);
    } else {
      bytes.writeLong(1).writeString(segment);
    }
    if (features.length > 0) {
      bytes.writeLong(features.length).writeFloats(features);
    }
    bytes.writeLong(0).writeLong(indices == null ? 0 : 1);
    if (indices == null) {
      return bytes.toArray();
    }
    if (indices.length > 0) {
      bytes.writeLong(indices.length).writeLongs(indices);
    }
    return bytes.writeLong(0).toArray();
  }

  /** One block, unless it were empty, and the end. */
  private static int sizeOfArray(int length, int itemBytes) {
    return length == 0 ? 1 : AvroBytes.sizeOf(length) + itemBytes + 1;
  }
}
