package io.logitflow.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every version that the schema of a record ever had. A fingerprint says which version wrote a
 * record, so who reads records of programs that were not upgraded needs all of them.
 */
public final class SchemaVersions {

  private SchemaVersions() {}

  /**
   * The versions of a record of this package, such as {@code
   * SchemaVersions.of(FeatureRecord.getClassSchema())}; oldest first.
   */
  public static List<Schema> of(Schema schema) {
    List<Schema> versions = new ArrayList<>();
    while (true) {
      String file = "history/%s/%d.avsc".formatted(schema.getName(), versions.size() + 1);
      try (InputStream in = SchemaVersions.class.getResourceAsStream(file)) {
        if (in == null) {
          return List.copyOf(versions);
        }
        versions.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("reading " + file, e);
      }
    }
  }
}
