package io.logitflow.endtoend;

import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.SingleObjects;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Feature records by number: record 0, 1, 2 ... */
final class TestRecords {

  static final int FEATURES = 3;

  /** Recent, or Kafka's retention would take the records away. */
  @SuppressWarnings("TimeInStaticInitializer") // The same for all of a test.
  private static final Instant FIRST_TIME = Instant.now().truncatedTo(ChronoUnit.MINUTES);

  private TestRecords() {}

  /** Id of a record. */
  static String id(long record) {
    return "r" + record;
  }

  /** The number in an id. */
  static long number(CharSequence id) {
    return Long.parseLong(id.toString().substring(1));
  }

  /** Event time: a millisecond after the record before. */
  static Instant time(long record) {
    return FIRST_TIME.plusMillis(record);
  }

  /** The feature that is larger than the others by at least 1. */
  static int largest(long record) {
    return (int) (record % FEATURES);
  }

  /** The features: different ones for each of 1000 records. */
  static float[] features(long record) {
    float[] features = new float[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      features[i] = (record * 31 + i * 17L) % 1000 / 1000f;
    }
    features[largest(record)] += 2;
    return features;
  }

  /** A record in the single-object encoding. */
  static byte[] encode(long record) {
    return encode(record, time(record));
  }

  /** A record in the single-object encoding, with another event time. */
  static byte[] encode(long record, Instant time) {
    List<Float> features = new ArrayList<>(FEATURES);
    for (float feature : features(record)) {
      features.add(feature);
    }
    return SingleObjects.encode(
        FeatureRecord.getEncoder(),
        FeatureRecord.newBuilder()
            .setId(id(record))
            .setTime(time)
            .setSegment(null)
            .setFeatures(features)
            .build());
  }
}
