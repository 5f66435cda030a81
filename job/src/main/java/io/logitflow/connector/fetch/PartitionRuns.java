package io.logitflow.connector.fetch;

import io.logitflow.connector.RecordRun;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The runs of one fetch, by split. Takes the records up to the stopping offset of each split, as
 * the fetch hands them over.
 */
final class PartitionRuns implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {

  /** The runs of a split; at least one. */
  private record Split(String id, Queue<RunElement> runs) {}

  private final Set<String> finishedSplits;
  private final Queue<Split> splits = new ArrayDeque<>();
  private Queue<RunElement> current;

  PartitionRuns(RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetched) {
    for (String split = fetched.nextSplit(); split != null; split = fetched.nextSplit()) {
      Queue<RunElement> runs = new ArrayDeque<>();
      pack(fetched, runs);
      if (!runs.isEmpty()) {
        splits.add(new Split(split, runs));
      }
    }
    this.finishedSplits = fetched.finishedSplits();
  }

  private static void pack(
      RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetched, Queue<RunElement> runs) {
    RecordRun.Builder run = null;
    // Keys and values are buffers, whatever the connector declares.
    for (ConsumerRecord<?, ?> record = fetched.nextRecordFromSplit();
        record != null;
        record = fetched.nextRecordFromSplit()) {
      if (run == null) {
        run = new RecordRun.Builder(record.topic(), record.partition());
      }
      run.add(
          record.offset(),
          record.timestamp(),
          (ByteBuffer) record.key(),
          (ByteBuffer) record.value());
      if (run.isFull()) {
        runs.add(new RunElement(run.build()));
        run = null;
      }
    }
    if (run != null) {
      runs.add(new RunElement(run.build()));
    }
  }

  @Override
  public String nextSplit() {
    Split next = splits.poll();
    current = next == null ? null : next.runs();
    return next == null ? null : next.id();
  }

  @Override
  public ConsumerRecord<byte[], byte[]> nextRecordFromSplit() {
    return current.poll();
  }

  @Override
  public Set<String> finishedSplits() {
    return finishedSplits;
  }
}
