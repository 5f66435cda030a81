package io.logitflow.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of the form of records on the topics. */
public final class RecordOptions {

  /** Wire format of feature records. */
  public static final ConfigOption<WireFormat> WIRE_FORMAT =
      ConfigOptions.key("wire-format")
          .enumType(WireFormat.class)
          .defaultValue(WireFormat.SINGLE_OBJECT)
          .withDescription(
              "How feature records are written: single-object is Avro's own framing with the"
                  + " fingerprint of the schema, confluent carries the id of a schema in a"
                  + " registry, bare is Avro without a header.");

  /** Wire format of predictions. */
  public static final ConfigOption<WireFormat> PREDICTION_WIRE_FORMAT =
      ConfigOptions.key("prediction-wire-format")
          .enumType(WireFormat.class)
          .defaultValue(WireFormat.SINGLE_OBJECT)
          .withDescription("How predictions are written.");

  /** Wire format of labels. */
  public static final ConfigOption<WireFormat> LABELS_WIRE_FORMAT =
      ConfigOptions.key("labels-wire-format")
          .enumType(WireFormat.class)
          .defaultValue(WireFormat.SINGLE_OBJECT)
          .withDescription("How labels are written. bare takes records of the schema Label.");

  /** Address of the schema registry. */
  public static final ConfigOption<String> REGISTRY_URL =
      ConfigOptions.key("registry-url")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Address of a schema registry that speaks Confluent's API. Needed by the wire format"
                  + " confluent, unused by the others.");

  /** Further writer schemas of feature records. */
  public static final ConfigOption<String> FEATURES_SCHEMA =
      ConfigOptions.key("features-schema")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Files (.avsc) with the schemas your feature records are written with. single-object"
                  + " knows them beside FeatureRecord; bare takes exactly one, instead of"
                  + " FeatureRecord; confluent asks the registry and takes none.");

  /** Field of the record id. */
  public static final ConfigOption<String> ID_FIELD =
      field("features-id-field", "id", "Field of a feature record that names it.");

  /** Field of the event time. */
  public static final ConfigOption<String> TIME_FIELD =
      field("features-time-field", "time", "Field of a feature record with its event time.");

  /** Field of the segment. */
  public static final ConfigOption<String> SEGMENT_FIELD =
      field(
          "features-segment-field",
          "segment",
          "Field of a feature record with its segment. Schemas may lack it: no segment.");

  /** Field of the features. */
  public static final ConfigOption<String> FEATURES_FIELD =
      field(
          "features-field",
          "features",
          "Field of a feature record with the features, an array of numbers.");

  /** Field of the indices of a sparse record. */
  public static final ConfigOption<String> INDICES_FIELD =
      field(
          "features-indices-field",
          "indices",
          "Field of a feature record with the indices of its features, an array of int or long:"
              + " counted from 0, ascending, one for each element of the features; the others are"
              + " 0. Where it is null, or schemas lack it, a record has every feature.");

  /** Longest feature record. */
  public static final ConfigOption<MemorySize> MAX_RECORD_BYTES =
      ConfigOptions.key("max-record-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1))
          .withDescription(
              "Longest feature record that is decoded; longer ones become dead letters.");

  private static final JobOptions[] READ_FEATURES = {
    JobOptions.SCORING, JobOptions.TRAINING, JobOptions.REPLAY
  };

  static final OptionGroup GROUP =
      OptionGroup.titled("Records")
          .with(WIRE_FORMAT, Accepted.oneOf(WireFormat.class), READ_FEATURES)
          .with(
              PREDICTION_WIRE_FORMAT,
              Accepted.oneOf(WireFormat.class),
              JobOptions.SCORING,
              JobOptions.FEEDBACK,
              JobOptions.REPLAY)
          .with(
              LABELS_WIRE_FORMAT,
              Accepted.oneOf(WireFormat.class),
              JobOptions.FEEDBACK,
              JobOptions.TRAINING,
              JobOptions.REPLAY)
          .with(REGISTRY_URL, Accepted.httpAddress())
          .with(FEATURES_SCHEMA, Accepted.files(), READ_FEATURES)
          .with(ID_FIELD, Accepted.fieldName(), READ_FEATURES)
          .with(TIME_FIELD, Accepted.fieldName(), READ_FEATURES)
          .with(SEGMENT_FIELD, Accepted.fieldName(), READ_FEATURES)
          .with(FEATURES_FIELD, Accepted.fieldName(), READ_FEATURES)
          .with(INDICES_FIELD, Accepted.fieldName(), READ_FEATURES)
          .with(
              MAX_RECORD_BYTES,
              Accepted.between(new MemorySize(64), MemorySize.ofMebiBytes(256)),
              READ_FEATURES);

  private RecordOptions() {}

  private static ConfigOption<String> field(String key, String name, String description) {
    return ConfigOptions.key(key).stringType().defaultValue(name).withDescription(description);
  }
}
