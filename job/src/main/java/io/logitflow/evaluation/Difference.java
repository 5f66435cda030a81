package io.logitflow.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * A prediction that the version it names does not make of its record.
 *
 * @param recordId id of the record
 * @param topic topic of the prediction
 * @param partition partition of the prediction
 * @param offset offset of the prediction
 * @param modelVersion version that it names
 * @param kinds what differs, separated by commas
 * @param expected what the version says, for a person
 * @param found what the prediction says, for a person
 */
public record Difference(
    String recordId,
    String topic,
    int partition,
    long offset,
    long modelVersion,
    String kinds,
    String expected,
    String found) {

  /**
   * By topic, partition and offset; a record with shadows may have several, of different versions.
   */
  static final Comparator<Difference> BY_PLACE =
      Comparator.comparing(Difference::topic)
          .thenComparingInt(Difference::partition)
          .thenComparingLong(Difference::offset)
          .thenComparingLong(Difference::modelVersion)
          .thenComparing(Difference::found);

  /** What differs. */
  public List<String> kindNames() {
    return List.of(kinds.split(","));
  }

  /** What is found and expected, for a person. */
  public String detail() {
    return "version %d of %s differs in %s: expected %s, found %s"
        .formatted(modelVersion, recordId, kinds, expected, found);
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(recordId);
    out.writeUTF(topic);
    out.writeInt(partition);
    out.writeLong(offset);
    out.writeLong(modelVersion);
    out.writeUTF(kinds);
    out.writeUTF(expected);
    out.writeUTF(found);
  }

  static Difference read(DataInput in) throws IOException {
    return new Difference(
        in.readUTF(),
        in.readUTF(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF());
  }
}
