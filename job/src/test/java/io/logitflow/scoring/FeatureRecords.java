package io.logitflow.scoring;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureFields;
import io.logitflow.connector.wire.WriterSchemas;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.SingleObjects;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Feature records of the features topic. */
final class FeatureRecords {

  private FeatureRecords() {}

  /** A decoder of them. */
  static FeatureDecoder decoder() {
    return new FeatureDecoder(
        WriterSchemas.singleObject(List.of(FeatureRecord.getClassSchema())),
        new FeatureFields("id", "time", "segment", "features", "indices"),
        1 << 20);
  }

  /** The run of a single record. */
  static RecordRun run(ConsumedRecord record) {
    return new RecordRun.Builder(record.topic(), record.partition())
        .add(
            record.offset(),
            record.timestamp(),
            ByteBuffer.wrap(record.key()),
            ByteBuffer.wrap(record.value()))
        .build();
  }

  /** A record whose event time is {@code timestamp} and whose Kafka timestamp is 7 ms later. */
  static ConsumedRecord record(String id, long timestamp, float... features) {
    return record(id, timestamp, null, features);
  }

  /** A sparse record with a feature for each index. */
  static ConsumedRecord sparseRecord(
      String id, long timestamp, List<Integer> indices, float... features) {
    return record(id, timestamp, indices, features);
  }

  private static ConsumedRecord record(
      String id, long timestamp, List<Integer> indices, float... features) {
    List<Float> boxed = new ArrayList<>();
    for (float feature : features) {
      boxed.add(feature);
    }
    FeatureRecord record =
        FeatureRecord.newBuilder()
            .setId(id)
            .setTime(Instant.ofEpochMilli(timestamp))
            .setSegment(null)
            .setFeatures(boxed)
            .setIndices(indices)
            .build();
    return new ConsumedRecord(
        "features",
        0,
        timestamp,
        timestamp + 7,
        id.getBytes(StandardCharsets.UTF_8),
        SingleObjects.encode(FeatureRecord.getEncoder(), record));
  }
}
