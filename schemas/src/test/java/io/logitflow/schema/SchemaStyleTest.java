package io.logitflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaStyleTest {

  static List<Schema> records() {
    return TopicRecords.schemas();
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyTypeAndFieldIsDocumentedAndEveryEnumHasADefault(Schema schema) {
    assertThat(SchemaStyle.faults(schema)).isEmpty();
  }

  @Test
  void faultsAreFoundInsideUnionsArraysAndMaps() {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "doc": "Has faults.", "fields": [
                  {"name": "a", "type": "int"},
                  {"name": "b", "doc": " ", "type": ["null", {"type": "array", "items":
                    {"type": "enum", "name": "E", "doc": "Kinds.", "symbols": ["X"]}}]},
                  {"name": "c", "doc": "Map.", "type": {"type": "map", "values":
                    {"type": "record", "name": "Inner", "fields": []}}},
                  {"name": "d", "doc": "Again.", "type": "Inner"},
                  {"name": "e", "doc": "Fixed.", "type": {"type": "fixed", "name": "F", "size": 2}}
                ]}
                """);

    assertThat(SchemaStyle.faults(schema))
        .containsExactly(
            "R.a: no doc", "R.b: no doc", "E: no default symbol", "Inner: no doc", "F: no doc");
  }
}
