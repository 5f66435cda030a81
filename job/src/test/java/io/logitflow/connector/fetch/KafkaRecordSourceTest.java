package io.logitflow.connector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.connector.ConsumedRecord;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a bounded source does after a restore, which needs no broker: its end is in its state. */
class KafkaRecordSourceTest {

  private static final KafkaPartitionSplit ASSIGNED = split(0);
  private static final KafkaPartitionSplit UNASSIGNED = split(1);

  private final TestingEnumeratorContext context = new TestingEnumeratorContext(2);

  @Test
  void aRestoredReaderGetsWhatIsItsOwnAndIsToldThatThisIsAll() throws Exception {
    try (var enumerator = restored()) {
      enumerator.start();
      context.addReader(0);
      enumerator.addReader(0);
      context.addReader(1);
      enumerator.addReader(1);

      assertThat(context.events())
          .containsExactlyInAnyOrder(
              "reader %d gets topic-1".formatted(context.readerOf("topic-1")),
              "reader 0 gets no more",
              "reader 1 gets no more");
      assertThat(context.events())
          .containsSubsequence(
              "reader %d gets topic-1".formatted(context.readerOf("topic-1")),
              "reader %d gets no more".formatted(context.readerOf("topic-1")));
      assertThat(enumerator.snapshotState(1).assignedSplits())
          .containsExactlyInAnyOrder(ASSIGNED, UNASSIGNED);
    }
  }

  @Test
  void aReaderThatFailsGetsItsSplitsAgainAndIsToldAgain() throws Exception {
    try (var enumerator = restored()) {
      enumerator.start();
      context.addReader(0);
      enumerator.addReader(0);
      context.addReader(1);
      enumerator.addReader(1);
      int reader = context.readerOf("topic-1");
      context.events().clear();

      context.removeReader(reader);
      enumerator.addSplitsBack(List.of(UNASSIGNED), reader);
      assertThat(context.events()).isEmpty();
      context.addReader(reader);
      enumerator.addReader(reader);
      assertThat(context.events())
          .containsExactly(
              "reader %d gets topic-1".formatted(reader),
              "reader %d gets no more".formatted(reader));
    }
  }

  private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored() throws Exception {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    KafkaSource<?> source =
        KafkaSource.<ConsumedRecord>builder()
            .setTopics("topic")
            .setDeserializer(new ConsumedRecordDeserializer())
            .setProperties(properties)
            .setBounded(OffsetsInitializer.latest())
            .build();
    return new KafkaRecordSource<>(source, properties)
        .restoreEnumerator(
            context, new KafkaSourceEnumState(List.of(ASSIGNED), List.of(UNASSIGNED), true));
  }

  private static KafkaPartitionSplit split(int partition) {
    return new KafkaPartitionSplit(new TopicPartition("topic", partition), 3, 10);
  }
}
