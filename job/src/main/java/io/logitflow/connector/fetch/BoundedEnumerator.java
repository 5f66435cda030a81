package io.logitflow.connector.fetch;

import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * The enumerator of a bounded source that is restored after its partitions were found. Which they
 * are and where they end stands in its state, so none is looked for, and every reader is told that
 * it gets no more than it has. The connector's own looks again, finds nothing new, and tells nobody
 * (FLINK-31006): the source would never end.
 */
final class BoundedEnumerator extends KafkaSourceEnumerator {

  private final SplitEnumeratorContext<KafkaPartitionSplit> context;

  BoundedEnumerator(
      Properties properties,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      KafkaSourceEnumState state) {
    super(
        admin -> partitions(state),
        OffsetsInitializer.earliest(),
        OffsetsInitializer.latest(),
        onceOnly(properties),
        context,
        Boundedness.BOUNDED,
        state);
    this.context = context;
  }

  private static Properties onceOnly(Properties properties) {
    Properties once = new Properties();
    once.putAll(properties);
    once.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "-1");
    return once;
  }

  private static Set<TopicPartition> partitions(KafkaSourceEnumState state) {
    return Stream.concat(state.assignedSplits().stream(), state.unassignedSplits().stream())
        .map(KafkaPartitionSplit::getTopicPartition)
        .collect(Collectors.toSet());
  }

  @Override
  public void addReader(int subtask) {
    super.addReader(subtask);
    context.signalNoMoreSplits(subtask);
  }
}
