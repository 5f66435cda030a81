package io.logitflow.connector.fetch;

import io.logitflow.connector.RecordRun;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Emits a run in one piece and then moves its split behind the last record of it. Both happen
 * between two barriers, so a checkpoint has all of a run or nothing.
 *
 * <p>The timestamp of a run is the greatest of its records: the watermark is then what it would be
 * after the last of them, had they come one by one.
 */
final class RunEmitter
    implements RecordEmitter<ConsumerRecord<byte[], byte[]>, RecordRun, KafkaPartitionSplitState> {

  private final RunMetrics metrics;

  RunEmitter(RunMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void emitRecord(
      ConsumerRecord<byte[], byte[]> element,
      SourceOutput<RecordRun> output,
      KafkaPartitionSplitState split) {
    RecordRun run = ((RunElement) element).run();
    output.collect(run, run.maxTimestamp());
    split.setCurrentOffset(run.lastOffset() + 1);
    metrics.emitted(run, split.getTopicPartition());
  }
}
