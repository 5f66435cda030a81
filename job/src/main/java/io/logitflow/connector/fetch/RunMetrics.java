package io.logitflow.connector.fetch;

import io.logitflow.connector.RecordRun;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.common.TopicPartition;

/**
 * The metrics of the connector's reader, with the counts of records that they have without runs.
 */
final class RunMetrics extends KafkaSourceReaderMetrics {

  private final Counter recordsIn;
  private final Counter recordsOut;

  RunMetrics(SourceReaderMetricGroup group) {
    super(group);
    recordsIn = group.getIOMetricGroup().getNumRecordsInCounter();
    recordsOut = group.getIOMetricGroup().getNumRecordsOutCounter();
  }

  /** Called for every record while it is packed, before it is emitted: too often and too early. */
  @Override
  public void recordCurrentOffset(TopicPartition partition, long offset) {}

  /** A run was emitted, which Flink has counted as one record. */
  void emitted(RecordRun run, TopicPartition partition) {
    recordsIn.inc(run.size() - 1L);
    recordsOut.inc(run.size() - 1L);
    super.recordCurrentOffset(partition, run.lastOffset());
  }
}
