package io.logitflow.connector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Kafka deprecates the type, the connector has no other.
class NamedOffsetsTest {

  private static final TopicPartition NAMED = new TopicPartition("a-b", 0);
  private static final TopicPartition OTHER = new TopicPartition("a-b", 1);

  /** Partitions that hold the offsets 100 to 199. */
  private static final class TestingRetriever implements PartitionOffsetsRetriever {

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      return Map.of(NAMED, 200L, OTHER, 200L);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      return Map.of(NAMED, 100L, OTHER, 100L);
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      throw new AssertionError("not asked for");
    }
  }

  private static Map<TopicPartition, Long> offsets(long named, OffsetResetStrategy unnamed) {
    return new NamedOffsets(Map.of("a-b-0", named), unnamed)
        .getPartitionOffsets(List.of(NAMED, OTHER), new TestingRetriever());
  }

  @Test
  void otherPartitionsAreReadFromTheBeginningAndToTheEnd() {
    assertThat(offsets(150, OffsetResetStrategy.EARLIEST))
        .isEqualTo(Map.of(NAMED, 150L, OTHER, 100L));
    assertThat(offsets(150, OffsetResetStrategy.LATEST))
        .isEqualTo(Map.of(NAMED, 150L, OTHER, 200L));
  }

  @Test
  void anOffsetThatThePartitionDoesNotHoldIsTheNearestThatItHas() {
    assertThat(offsets(7, OffsetResetStrategy.EARLIEST).get(NAMED)).isEqualTo(100);
    assertThat(offsets(700, OffsetResetStrategy.LATEST).get(NAMED)).isEqualTo(200);
  }
}
