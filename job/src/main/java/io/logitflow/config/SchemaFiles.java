package io.logitflow.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads the files that {@code features-schema} names. */
final class SchemaFiles {

  private static final String KEY = RecordOptions.FEATURES_SCHEMA.key();

  private SchemaFiles() {}

  /** The schemas as JSON, in the order of the files; what cannot be used is a problem. */
  static List<String> read(String files, Problems problems) {
    List<String> schemas = new ArrayList<>();
    for (String file : Arrays.stream(files.split(",", -1)).map(String::strip).toList()) {
      if (file.isEmpty()) {
        problems.refused(KEY, files, "expected " + Accepted.files().text());
        continue;
      }
      try {
        Schema schema = new Schema.Parser().parse(Files.readString(Path.of(file)));
        if (schema.getType() == Schema.Type.RECORD) {
          schemas.add(schema.toString());
        } else {
          problems.refused(KEY, file, "expected the schema of a record, found " + schema.getType());
        }
      } catch (IOException | InvalidPathException e) {
        problems.refused(KEY, file, "cannot be read (" + e + ")");
      } catch (AvroRuntimeException e) {
        problems.refused(KEY, file, "is no Avro schema (" + firstLine(e.getMessage()) + ")");
      }
    }
    return schemas;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
