package io.logitflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaVersionsTest {

  static List<Schema> records() {
    return TopicRecords.schemas();
  }

  @ParameterizedTest
  @MethodSource("records")
  void theNewestIsThatOfTheClass(Schema schema) {
    List<Schema> versions = SchemaVersions.of(schema);

    assertThat(versions.get(versions.size() - 1)).isEqualTo(schema);
  }

  @Test
  void featureRecordsHadNoIndicesOnce() {
    List<Schema> versions = SchemaVersions.of(FeatureRecord.getClassSchema());

    assertThat(versions.get(0).getFields())
        .extracting(Schema.Field::name)
        .containsExactly("id", "time", "segment", "features");
  }
}
