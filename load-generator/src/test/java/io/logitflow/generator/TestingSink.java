package io.logitflow.generator;

import io.logitflow.generator.sink.RecordSink;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Label;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Keeps what is sent, decoded by the Avro library, and when on the testing clock. */
final class TestingSink implements RecordSink {
  final List<Sent<FeatureRecord>> features = new ArrayList<>();
  final List<Sent<Label>> labels = new ArrayList<>();
  final List<double[]> trueProbabilities = new ArrayList<>();
  final List<String> order = new ArrayList<>();
  boolean flushed;
  boolean closed;

  private final TestingClock clock;
  private final LongConsumer afterFeatures;
  private LongConsumer afterLabel = sent -> {};

  TestingSink(TestingClock clock) {
    this(clock, sent -> {});
  }

  /** Calls somebody after every feature record, with how many there were. */
  TestingSink(TestingClock clock, LongConsumer afterFeatures) {
    this.clock = clock;
    this.afterFeatures = afterFeatures;
  }

  /** Calls somebody after every label, with how many there were. */
  void afterLabel(LongConsumer listener) {
    afterLabel = listener;
  }

  @Override
  public void sendFeatures(byte[] id, byte[] value, long time) {
    try {
      FeatureRecord decoded = FeatureRecord.fromByteBuffer(ByteBuffer.wrap(value));
      features.add(new Sent<>(text(id), decoded, time, clock.sinceStart()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    order.add("features " + text(id));
    afterFeatures.accept(features.size());
  }

  @Override
  public void sendLabel(byte[] id, byte[] value, long time, double[] probabilities) {
    try {
      Label decoded = Label.fromByteBuffer(ByteBuffer.wrap(value));
      labels.add(new Sent<>(text(id), decoded, time, clock.sinceStart()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    trueProbabilities.add(probabilities.clone());
    order.add("label " + text(id));
    afterLabel.accept(labels.size());
  }

  @Override
  public void flush() {
    flushed = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  private static String text(byte[] id) {
    return new String(id, StandardCharsets.UTF_8);
  }

  /**
   * A record and its place.
   *
   * @param key the Kafka key
   * @param timestamp the Kafka timestamp
   * @param at nanoseconds on the testing clock
   */
  record Sent<T>(String key, T value, long timestamp, long at) {}
}
