package io.logitflow.connector;

import io.logitflow.config.EndPoint;
import io.logitflow.config.KafkaConfig;
import io.logitflow.config.ReadingRange;
import io.logitflow.config.StartingPoint;
import io.logitflow.config.TopicPoint;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A part of a topic, fixed: what comes onto the topic later is not in it.
 *
 * @param topic topic
 * @param from first offset of each partition, inclusive
 * @param to last offset of each partition, exclusive; at least {@code from}
 */
public record TopicRange(String topic, SortedMap<Integer, Long> from, SortedMap<Integer, Long> to)
    implements Serializable {

  private static final int PATIENCE_SECONDS = 15;

  /** Offsets that the range spans; not all of them need be records. */
  public long offsets() {
    return to.entrySet().stream().mapToLong(end -> end.getValue() - from.get(end.getKey())).sum();
  }

  /** The range as a source takes it. */
  public ReadingRange reading() {
    return new ReadingRange(named(from), Optional.of(named(to)));
  }

  private TopicPoint.Offsets named(SortedMap<Integer, Long> offsets) {
    return new TopicPoint.Offsets(
        offsets.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> new TopicPartition(topic, entry.getKey()).toString(),
                    Map.Entry::getValue)));
  }

  /**
   * Finds where bounds are at this moment.
   *
   * @param topic an existing topic
   * @param now what durations ago are counted from
   * @throws IOException if the broker does not answer
   */
  public static TopicRange of(
      KafkaConfig kafka, String topic, StartingPoint from, EndPoint to, Instant now)
      throws IOException {
    Properties properties = new Properties();
    properties.putAll(kafka.connection());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      List<TopicPartition> partitions =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .get(topic)
              .partitions()
              .stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      Map<Integer, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
      Map<Integer, Long> last = offsets(admin, partitions, OffsetSpec.latest());
      Map<Integer, Long> begin =
          from instanceof TopicPoint point
              ? place(admin, partitions, point, now, first, last)
              : first;
      Map<Integer, Long> end = place(admin, partitions, (TopicPoint) to, now, last, last);
      SortedMap<Integer, Long> begins = new TreeMap<>();
      SortedMap<Integer, Long> ends = new TreeMap<>();
      for (TopicPartition partition : partitions) {
        int p = partition.partition();
        begins.put(p, within(begin.get(p), first.get(p), last.get(p)));
        ends.put(p, Math.max(begins.get(p), within(end.get(p), first.get(p), last.get(p))));
      }
      return new TopicRange(topic, begins, ends);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "finding the offsets of topic '%s' at %s failed: %s"
              .formatted(topic, kafka.bootstrapServers(), cause),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while finding the offsets of topic '" + topic + "'", e);
    }
  }

  private static long within(long offset, long first, long last) {
    return Math.min(last, Math.max(first, offset));
  }

  private static Map<Integer, Long> place(
      Admin admin,
      List<TopicPartition> partitions,
      TopicPoint point,
      Instant now,
      Map<Integer, Long> unnamed,
      Map<Integer, Long> last)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (point instanceof TopicPoint.Latest) {
      return last;
    }
    if (point instanceof TopicPoint.Offsets named) {
      return partitions.stream()
          .collect(
              Collectors.toMap(
                  TopicPartition::partition,
                  partition ->
                      named
                          .offsets()
                          .getOrDefault(partition.toString(), unnamed.get(partition.partition()))));
    }
    Instant time =
        point instanceof TopicPoint.Ago ago
            ? now.minus(ago.age())
            : ((TopicPoint.Timestamp) point).time();
    Map<Integer, Long> offsets =
        new HashMap<>(offsets(admin, partitions, OffsetSpec.forTimestamp(time.toEpochMilli())));
    // There is no such record: it would come at the end.
    offsets.replaceAll((partition, offset) -> offset < 0 ? last.get(partition) : offset);
    return offsets;
  }

  private static Map<Integer, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream().collect(Collectors.toMap(partition -> partition, p -> spec));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        admin.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().partition(), entry -> entry.getValue().offset()));
  }
}
