package io.logitflow.config;

import java.io.Serializable;
import java.util.List;

/**
 * The form of feature records.
 *
 * @param wireFormat framing of the Avro record
 * @param schemas writer schemas as JSON. Single-object: further ones beside FeatureRecord. Bare:
 *     none (FeatureRecord) or the only one. Confluent: none
 * @param idField field of the record id
 * @param timeField field of the event time
 * @param segmentField field of the segment; a schema may lack it
 * @param featuresField field of the features
 * @param indicesField field of the indices of a sparse record; a schema may lack it
 * @param maxRecordBytes longest record that is decoded, in bytes
 */
public record FeatureFormat(
    WireFormat wireFormat,
    List<String> schemas,
    String idField,
    String timeField,
    String segmentField,
    String featuresField,
    String indicesField,
    int maxRecordBytes)
    implements Serializable {

  public FeatureFormat {
    schemas = List.copyOf(schemas);
  }
}
