package io.logitflow.schema;

import java.util.List;
import org.apache.avro.Schema;

/** The records that stand on topics, whose schemas others may have written or may read. */
final class TopicRecords {

  /** How the generated classes mark that a string is a {@link String}; means nothing to others. */
  private static final String JAVA_STRING = "{\"type\":\"string\",\"avro.java.string\":\"String\"}";

  private TopicRecords() {}

  static List<Schema> schemas() {
    return List.of(
            CalibrationRecord.getClassSchema(),
            DeadLetter.getClassSchema(),
            Decision.getClassSchema(),
            EvaluationReport.getClassSchema(),
            FeatureRecord.getClassSchema(),
            Label.getClassSchema(),
            ModelAlias.getClassSchema(),
            ModelVersion.getClassSchema(),
            Prediction.getClassSchema())
        .stream()
        .map(TopicRecords::forEveryLanguage)
        .toList();
  }

  /** The schema as any program would write it. */
  private static Schema forEveryLanguage(Schema generated) {
    String json = generated.toString().replace(JAVA_STRING, "\"string\"");
    return new Schema.Parser().parse(json.replace(",\"avro.java.string\":\"String\"", ""));
  }
}
