package io.logitflow.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaFormatter;

/**
 * The versions of the schema of one record that were ever released: {@code 1.avsc, 2.avsc ...} in a
 * folder of its name. Old records stay on topics and old programs go on reading, so no version may
 * be changed or left out.
 */
final class SchemaHistory {

  private final Path folder;
  private final List<Schema> versions;

  private SchemaHistory(Path folder, List<Schema> versions) {
    this.folder = folder;
    this.versions = versions;
  }

  /** Reads versions from 1 on, up to the first that is missing. */
  static SchemaHistory read(Path folder) throws IOException {
    List<Schema> versions = new ArrayList<>();
    Path file = file(folder, 1);
    while (Files.exists(file)) {
      versions.add(new Schema.Parser().parse(Files.readString(file)));
      file = file(folder, versions.size() + 1);
    }
    return new SchemaHistory(folder, versions);
  }

  /** Oldest first. */
  List<Schema> versions() {
    return Collections.unmodifiableList(versions);
  }

  /**
   * Whether a schema is the newest version. Texts of documentation may differ: they change nothing
   * on the wire.
   */
  boolean endsWith(Schema schema) {
    return !versions.isEmpty() && versions.get(versions.size() - 1).equals(schema);
  }

  /** Writes a schema as the next version, if it is not the newest already. */
  void add(Schema schema) throws IOException {
    if (!endsWith(schema)) {
      Files.createDirectories(folder);
      versions.add(schema);
      String json = SchemaFormatter.getInstance("json/pretty").format(schema);
      Files.writeString(file(folder, versions.size()), json + "\n");
    }
  }

  /**
   * What keeps a version from reading what the schema writes, or the schema from reading what a
   * version wrote: the compatibility that schema registries call FULL_TRANSITIVE. Empty: nothing.
   *
   * <p>Avro's {@code SchemaValidator} does not do: it passes a symbol that the reader's enum lacks.
   */
  List<String> incompatibilities(Schema schema) {
    List<String> found = new ArrayList<>();
    for (int version = 1; version <= versions.size(); version++) {
      Schema earlier = versions.get(version - 1);
      addUnreadable(found, "version " + version + " cannot read this one", earlier, schema);
      addUnreadable(found, "this one cannot read version " + version, schema, earlier);
    }
    return found;
  }

  private static void addUnreadable(List<String> found, String what, Schema reader, Schema writer) {
    SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .forEach(
            reason ->
                found.add(
                    what
                        + ": "
                        + reason.getType()
                        + " at "
                        + reason.getLocation()
                        + ": "
                        + reason.getMessage()));
  }

  private static Path file(Path folder, int version) {
    return folder.resolve(version + ".avsc");
  }
}
