package io.logitflow.connector.fetch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets that somebody has named, within what the partitions hold: an offset before the first
 * record means the first one, and one after the end means the end, which a bounded job would
 * otherwise wait for.
 */
@SuppressWarnings("deprecation") // Kafka deprecates the type, the connector has no other.
final class NamedOffsets implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  private final Map<String, Long> offsets;
  private final OffsetResetStrategy unnamed;

  /**
   * Creates offsets.
   *
   * @param offsets offsets by {@code topic-partition}
   * @param unnamed where partitions begin or end that are not named
   */
  NamedOffsets(Map<String, Long> offsets, OffsetResetStrategy unnamed) {
    this.offsets = new HashMap<>(offsets);
    this.unnamed = unnamed;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> first = retriever.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = retriever.endOffsets(partitions);
    Map<TopicPartition, Long> found = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long otherwise =
          unnamed == OffsetResetStrategy.LATEST ? end.get(partition) : first.get(partition);
      long named = offsets.getOrDefault(partition.toString(), otherwise);
      found.put(partition, Math.min(Math.max(named, first.get(partition)), end.get(partition)));
    }
    return found;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return unnamed;
  }
}
