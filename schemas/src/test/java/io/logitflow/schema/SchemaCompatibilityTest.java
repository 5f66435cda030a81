package io.logitflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCompatibilityTest {

  private static final String WRITE = "logitflow.schemas.write";

  private static final String COMMAND =
      "mvn -q -B -pl schemas test -Dtest=SchemaCompatibilityTest -D" + WRITE + "=true";

  /** Tests run in the folder of their module. */
  private static final Path HISTORY = Path.of("src", "main", "history");

  static List<Schema> records() {
    return TopicRecords.schemas();
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyReleasedVersionReadsThisOneAndIsReadByIt(Schema schema) throws IOException {
    SchemaHistory history = SchemaHistory.read(HISTORY.resolve(schema.getName()));

    assertThat(history.incompatibilities(schema)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("records")
  void theNewestVersionIsThisOne(Schema schema) throws IOException {
    SchemaHistory history = SchemaHistory.read(HISTORY.resolve(schema.getName()));
    if (Boolean.getBoolean(WRITE)) {
      assertThat(history.incompatibilities(schema)).isEmpty();
      history.add(schema);
    }

    assertThat(history.endsWith(schema))
        .withFailMessage(
            () ->
                schema.getName()
                    + " is not the newest version in schemas/"
                    + HISTORY.resolve(schema.getName())
                    + "; add it with\n  "
                    + COMMAND)
        .isTrue();
  }

  @Nested
  class WithTwoReleasedVersions {

    private static final String FIRST =
        """
        {"type": "record", "name": "R", "fields": [
          {"name": "id", "type": "string"},
          {"name": "count", "type": "int", "default": 0},
          {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["U", "A"], "default": "U"}}
        ]}
        """;

    private static final String SECOND =
        """
        {"type": "record", "name": "R", "fields": [
          {"name": "id", "type": "string"},
          {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["U", "A"], "default": "U"}}
        ]}
        """;

    @TempDir private Path folder;
    private SchemaHistory history;

    @BeforeEach
    void release() throws IOException {
      SchemaHistory.read(folder).add(parse(FIRST));
      SchemaHistory.read(folder).add(parse(SECOND));
      history = SchemaHistory.read(folder);
    }

    @Test
    void bothAreReadBackAndTheNewestIsNotAddedAgain() throws IOException {
      history.add(parse(SECOND));

      assertThat(SchemaHistory.read(folder).versions())
          .containsExactly(parse(FIRST), parse(SECOND));
    }

    @Test
    void anOlderVersionIsNotTheNewest() {
      assertThat(history.endsWith(parse(FIRST))).isFalse();
      assertThat(history.endsWith(parse(SECOND))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "a field with a default  | {'name': 'x', 'type': 'int', 'default': 1}",
          "an optional field       | {'name': 'x', 'type': ['null', 'int'], 'default': null}",
          "the dropped field again | {'name': 'count', 'type': 'int', 'default': 7}",
        })
    void addingIsAcceptedFor(String what, String field) {
      assertThat(history.incompatibilities(parse(with(field)))).as(what).isEmpty();
    }

    @Test
    void aNewSymbolOfAnEnumWithADefaultIsAccepted() {
      assertThat(history.incompatibilities(parse(SECOND.replace("\"A\"]", "\"A\", \"B\"]"))))
          .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "a field without a default  | {'name': 'x', 'type': 'int'}",
          "the first version's field with another type | {'name': 'count', 'type': 'string',"
              + " 'default': ''}",
          "the first version's field, widened | {'name': 'count', 'type': 'long', 'default': 0}",
        })
    void addingIsRefusedFor(String what, String field) {
      assertRefused(what, with(field));
    }

    @Test
    void removingAFieldWithoutADefaultIsRefused() {
      assertRefused("id removed", SECOND.replace("{\"name\": \"id\", \"type\": \"string\"},", ""));
    }

    @Test
    void changingATypeIsRefused() {
      assertRefused(
          "id as bytes then int", SECOND.replace("\"type\": \"string\"", "\"type\": \"int\""));
    }

    @Test
    void renamingAFieldIsRefused() {
      assertRefused("id renamed", SECOND.replace("\"id\"", "\"key\""));
    }

    @Test
    void aNewSymbolThatOldReadersHaveNoDefaultForIsRefused() throws IOException {
      String closed = SECOND.replace("], \"default\": \"U\"", "]");
      SchemaHistory strict = SchemaHistory.read(folder.resolve("closed"));
      strict.add(parse(closed));

      assertThat(strict.incompatibilities(parse(closed.replace("\"A\"]", "\"A\", \"B\"]"))))
          .singleElement()
          .asString()
          .startsWith("version 1 cannot read this one: MISSING_ENUM_SYMBOLS");
    }

    private void assertRefused(String what, String schema) {
      assertThat(history.incompatibilities(parse(schema))).as(what).isNotEmpty();
    }

    /** The second version and one more field, which is written with single quotes. */
    private static String with(String field) {
      return SECOND.replace("{\"name\": \"id\"", field.replace('\'', '"') + ", {\"name\": \"id\"");
    }

    private static Schema parse(String json) {
      return new Schema.Parser().parse(json);
    }
  }
}
