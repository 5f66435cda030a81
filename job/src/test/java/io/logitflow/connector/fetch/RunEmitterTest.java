package io.logitflow.connector.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.connector.RecordRun;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunEmitterTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 2);

  private final RunMetrics metrics =
      new RunMetrics(UnregisteredMetricsGroup.createSourceReaderMetricGroup());
  private final RunEmitter emitter = new RunEmitter(metrics);
  private final KafkaPartitionSplitState split =
      new KafkaPartitionSplitState(new KafkaPartitionSplit(PARTITION, 40));
  private final RecordRun run =
      new RecordRun.Builder("t", 2)
          .add(40, 700, null, null)
          .add(41, 900, null, null)
          .add(45, 800, null, null)
          .build();

  @BeforeEach
  void track() {
    metrics.registerTopicPartition(PARTITION);
  }

  @Test
  void aRunIsEmittedWithItsGreatestTimestampAndLeavesItsSplitBehindItsLastRecord() {
    Output output = new Output();
    emitter.emitRecord(new RunElement(run), output, split);

    assertThat(output.runs).containsExactly(run);
    assertThat(output.timestamps).containsExactly(900L);
    assertThat(split.toKafkaPartitionSplit().getStartingOffset()).isEqualTo(46);
  }

  @Test
  void aRunThatFailsDownTheChainDoesNotMoveItsSplit() {
    Output failing =
        new Output() {
          @Override
          public void collect(RecordRun run, long timestamp) {
            throw new IllegalStateException("down the chain");
          }
        };

    assertThatThrownBy(() -> emitter.emitRecord(new RunElement(run), failing, split))
        .hasMessage("down the chain");
    assertThat(split.toKafkaPartitionSplit().getStartingOffset()).isEqualTo(40);
  }

  /** Keeps what it gets. */
  private static class Output implements SourceOutput<RecordRun> {
    private final List<RecordRun> runs = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();

    @Override
    public void collect(RecordRun run) {
      throw new AssertionError("A run without timestamp");
    }

    @Override
    public void collect(RecordRun run, long timestamp) {
      runs.add(run);
      timestamps.add(timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
