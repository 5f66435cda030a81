package io.logitflow.launcher.explain;

import io.logitflow.config.FeatureFormat;
import io.logitflow.config.RecordOptions;
import io.logitflow.config.WireFormat;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.WireFormats;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import picocli.CommandLine.Option;

/** The options that say how records stand on the features topic; as those of the scoring job. */
final class FeatureTopicOptions {

  private static final int MAX_RECORD_BYTES = 256 << 20;

  @Option(
      names = {"--features-topic", "--topic"},
      paramLabel = "TOPIC",
      defaultValue = "features",
      description = "With --id: the topic of the records; default ${DEFAULT-VALUE}.")
  private String topic;

  @Option(
      names = "--wire-format",
      paramLabel = "FORMAT",
      defaultValue = "single-object",
      description = "With --id: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private WireFormat wireFormat;

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description = "With --id and the wire format confluent: address of the schema registry.")
  private URI registry;

  @Option(
      names = "--features-schema",
      paramLabel = "FILE",
      split = ",",
      description = "With --id: schemas (.avsc) that your records are written with.")
  private List<Path> schemas = List.of();

  @Option(
      names = "--features-id-field",
      paramLabel = "FIELD",
      defaultValue = "id",
      description = "With --id: field of the id; default ${DEFAULT-VALUE}.")
  private String idField;

  @Option(
      names = "--features-time-field",
      paramLabel = "FIELD",
      defaultValue = "time",
      description = "With --id: field of the time; default ${DEFAULT-VALUE}.")
  private String timeField;

  @Option(
      names = "--features-field",
      paramLabel = "FIELD",
      defaultValue = "features",
      description = "With --id: field of the features; default ${DEFAULT-VALUE}.")
  private String featuresField;

  @Option(
      names = "--features-indices-field",
      paramLabel = "FIELD",
      defaultValue = "indices",
      description = "With --id: field of the indices of sparse records; default ${DEFAULT-VALUE}.")
  private String indicesField;

  String topic() {
    return topic;
  }

  /** What is wrong with the options, if anything is. */
  Optional<String> problem() {
    if (wireFormat == WireFormat.CONFLUENT && registry == null) {
      return Optional.of("--wire-format confluent needs --registry-url");
    }
    return wireFormat == WireFormat.BARE && schemas.size() > 1
        ? Optional.of("--wire-format bare takes one --features-schema")
        : Optional.empty();
  }

  FeatureDecoder decoder() throws IOException {
    List<String> read = new ArrayList<>();
    for (Path file : schemas) {
      read.add(schema(file));
    }
    return new WireFormats(Optional.ofNullable(registry))
        .decoder(
            new FeatureFormat(
                wireFormat,
                read,
                idField,
                timeField,
                RecordOptions.SEGMENT_FIELD.defaultValue(),
                featuresField,
                indicesField,
                MAX_RECORD_BYTES))
        .get();
  }

  private static String schema(Path file) throws IOException {
    try {
      return new Schema.Parser().parse(Files.readString(file)).toString();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file.toAbsolutePath(), e);
    } catch (AvroRuntimeException e) {
      throw new IOException("%s is no Avro schema: %s".formatted(file, e.getMessage()), e);
    }
  }
}
