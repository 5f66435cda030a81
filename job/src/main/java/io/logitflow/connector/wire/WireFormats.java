package io.logitflow.connector.wire;

import io.logitflow.config.FeatureFormat;
import io.logitflow.config.WireFormat;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SchemaVersions;
import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Makes decoders and headers of the wire formats that a job is configured for. */
public final class WireFormats {

  private final Optional<URI> registry;

  /**
   * Creates the wire formats of a job.
   *
   * @param registry address of the schema registry, needed by the Confluent wire format
   */
  public WireFormats(Optional<URI> registry) {
    this.registry = registry;
  }

  /** Makes decoders where they are needed. */
  @FunctionalInterface
  public interface DecoderFactory extends Supplier<FeatureDecoder>, Serializable {}

  /** The decoder of feature records. */
  public DecoderFactory decoder(FeatureFormat format) {
    WireFormat wireFormat = format.wireFormat();
    URI address = registry.orElse(null);
    List<String> schemas = List.copyOf(format.schemas());
    String id = format.idField();
    String time = format.timeField();
    String segment = format.segmentField();
    String features = format.featuresField();
    String indices = format.indicesField();
    int maxRecordBytes = format.maxRecordBytes();
    return () ->
        new FeatureDecoder(
            writerSchemas(wireFormat, address, schemas),
            new FeatureFields(id, time, segment, features, indices),
            maxRecordBytes);
  }

  /** Makes decoders of one of the project's own records where they are needed. */
  @FunctionalInterface
  public interface RecordDecoderFactory<T extends SpecificRecord>
      extends Supplier<RecordDecoder<T>>, Serializable {}

  /**
   * The decoder of one of the project's own records.
   *
   * @param maxRecordBytes largest record that is decoded
   */
  public <T extends SpecificRecord> RecordDecoderFactory<T> decoder(
      WireFormat format, Class<T> type, int maxRecordBytes) {
    URI address = registry.orElse(null);
    return () -> new RecordDecoder<>(writerSchemas(format, address, type), type, maxRecordBytes);
  }

  private static WriterSchemas writerSchemas(WireFormat format, URI registry, Class<?> type) {
    Schema schema = SpecificData.get().getSchema(type);
    return switch (format) {
      case SINGLE_OBJECT -> WriterSchemas.singleObject(SchemaVersions.of(schema), "");
      case CONFLUENT -> WriterSchemas.confluent(new SchemaRegistry(registry));
      case BARE -> WriterSchemas.bare(schema);
    };
  }

  private static WriterSchemas writerSchemas(
      WireFormat format, URI registry, List<String> schemas) {
    List<Schema> known = new ArrayList<>();
    for (String schema : schemas) {
      known.add(new Schema.Parser().parse(schema));
    }
    return switch (format) {
      case SINGLE_OBJECT -> {
        known.addAll(SchemaVersions.of(FeatureRecord.getClassSchema()));
        yield WriterSchemas.singleObject(known, "; name its file in features-schema");
      }
      case CONFLUENT -> WriterSchemas.confluent(new SchemaRegistry(registry));
      case BARE ->
          WriterSchemas.bare(known.isEmpty() ? FeatureRecord.getClassSchema() : known.get(0));
    };
  }

  /**
   * The header in front of every prediction. With the Confluent wire format the schema is
   * registered under the subject {@code <topic>-value}.
   */
  public byte[] predictionHeader(WireFormat format, String topic) {
    Schema schema = Prediction.getClassSchema();
    return switch (format) {
      case SINGLE_OBJECT -> SingleObject.header(schema);
      case CONFLUENT ->
          ByteBuffer.allocate(5)
              .put((byte) 0)
              .putInt(new SchemaRegistry(registry.orElseThrow()).register(topic + "-value", schema))
              .array();
      case BARE -> new byte[0];
    };
  }
}
