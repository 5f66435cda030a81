package io.logitflow.launcher.explain;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;
import io.logitflow.launcher.topic.TopicFollower;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks for a record by its id, from the beginning of a topic to the end that it has at the start;
 * the first of that id is the one.
 */
final class FeatureTopicSearch {

  private final String bootstrapServers;
  private final String topic;
  private final Map<String, String> clientProperties;
  private final FeatureDecoder decoder;
  private final FeatureArena arena;
  private final FeatureRow row;
  private final PrintWriter progress;

  private long read;
  private long undecodable;
  private String firstProblem = "";

  /**
   * A search.
   *
   * @param progress where to say how far it has come
   */
  FeatureTopicSearch(
      String bootstrapServers,
      String topic,
      Map<String, String> clientProperties,
      FeatureDecoder decoder,
      int featureCount,
      PrintWriter progress) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.clientProperties = clientProperties;
    this.decoder = decoder;
    this.arena = new FeatureArena(1, featureCount, FeatureArena.Form.DENSE);
    this.row = new FeatureRow(arena, 0);
    this.progress = progress;
  }

  /**
   * Finds the record.
   *
   * @throws IOException if it is not there, if the topic does not exist or cannot be read
   */
  RecordToExplain find(String id) throws IOException {
    AtomicReference<RecordToExplain> found = new AtomicReference<>();
    try (TopicFollower follower =
        TopicFollower.open(
            bootstrapServers,
            topic,
            clientProperties,
            "check --features-topic and --topic-prefix",
            progress)) {
      follower.readToEnd(
          record -> {
            if (matches(record, id)) {
              String place = "%s-%d@%d".formatted(topic, record.partition(), record.offset());
              found.set(
                  new RecordToExplain(
                      "%s, id %s".formatted(place, id), arena.values().clone(), List.of()));
            }
            return found.get() == null;
          });
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
    if (found.get() != null) {
      return found.get();
    }
    throw new IOException(
        "topic '%s' has no record with the id '%s' among its %,d records%s"
            .formatted(
                topic,
                id,
                read,
                undecodable == 0
                    ? "; retention may have removed it"
                    : "; %,d of them could not be read, the first, %s"
                        .formatted(undecodable, firstProblem)));
  }

  private boolean matches(ConsumerRecord<byte[], byte[]> record, String id) {
    read++;
    byte[] value = record.value();
    if (value == null) {
      return false;
    }
    try {
      decoder.decode(value, 0, value.length, row);
      return row.id().equals(id);
    } catch (BadRecordException e) {
      undecodable++;
      if (firstProblem.isEmpty()) {
        firstProblem =
            "%s-%d@%d: %s".formatted(topic, record.partition(), record.offset(), e.getMessage());
      }
      return false;
    }
  }
}
