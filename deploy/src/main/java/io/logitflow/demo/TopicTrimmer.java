package io.logitflow.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what everybody in the demo has read: feature records up to the offsets that the scoring
 * job has committed, and predictions and labels up to those of the feedback job or the place of the
 * view, whichever is behind. A run at full speed writes hundreds of MB a second, and would fill the
 * disk within minutes.
 */
final class TopicTrimmer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTrimmer.class);

  private final Admin admin;
  private final DemoTopics topics;
  private final OutputReader reader;
  private final String scoringGroup;
  private final Optional<String> feedbackGroup;
  private long behind;

  /**
   * Creates a trimmer.
   *
   * @param reader the view's
   * @param scoringGroup consumer group of the scoring job
   * @param feedbackGroup consumer group of the feedback job, if it runs
   */
  TopicTrimmer(
      String bootstrapServers,
      DemoTopics topics,
      OutputReader reader,
      String scoringGroup,
      Optional<String> feedbackGroup) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.topics = topics;
    this.reader = reader;
    this.scoringGroup = scoringGroup;
    this.feedbackGroup = feedbackGroup;
  }

  /** Deletes what was read since the last call. */
  void trim() throws InterruptedException {
    try {
      Map<TopicPartition, Long> read = of(List.of(topics.features()), committed(scoringGroup));
      Map<TopicPartition, Long> shown = reader.positions();
      read.putAll(of(List.of(topics.deadLetters()), shown));
      Map<TopicPartition, Long> outputs = of(List.of(topics.predictions(), topics.labels()), shown);
      if (feedbackGroup.isPresent()) {
        Map<TopicPartition, Long> committed = committed(feedbackGroup.get());
        Map<TopicPartition, Long> both = readByBoth(outputs, committed);
        behind = behind(outputs, both);
        outputs = both;
      }
      read.putAll(outputs);
      if (!read.isEmpty()) {
        Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
        read.forEach((place, offset) -> deletions.put(place, RecordsToDelete.beforeOffset(offset)));
        admin.deleteRecords(deletions).all().get();
      }
    } catch (ExecutionException e) {
      // Tried again at the next call.
      LOG.warn("Records that were read cannot be deleted", e.getCause());
    }
  }

  /**
   * Predictions, or labels, that the feedback job had not read at the last call of {@link #trim}.
   */
  long behind() {
    return behind;
  }

  /** What the job has not committed anything of is kept from its beginning. */
  static Map<TopicPartition, Long> readByBoth(
      Map<TopicPartition, Long> shown, Map<TopicPartition, Long> committed) {
    Map<TopicPartition, Long> both = new HashMap<>();
    shown.forEach(
        (place, offset) -> both.put(place, Math.min(offset, committed.getOrDefault(place, 0L))));
    return both;
  }

  /** By how many records of a topic the second is behind the first; of the topic with the most. */
  static long behind(Map<TopicPartition, Long> first, Map<TopicPartition, Long> second) {
    Map<String, Long> byTopic = new HashMap<>();
    first.forEach(
        (place, offset) ->
            byTopic.merge(place.topic(), offset - second.getOrDefault(place, 0L), Long::sum));
    return byTopic.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static Map<TopicPartition, Long> of(
      List<String> topics, Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, Long> chosen = new HashMap<>(offsets);
    chosen.keySet().removeIf(place -> !topics.contains(place.topic()));
    return chosen;
  }

  private Map<TopicPartition, Long> committed(String group)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
      if (entry.getValue() != null) {
        offsets.put(entry.getKey(), entry.getValue().offset());
      }
    }
    return offsets;
  }

  @Override
  public void close() {
    admin.close();
  }
}
