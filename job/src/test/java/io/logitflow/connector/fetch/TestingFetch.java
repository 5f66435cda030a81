package io.logitflow.connector.fetch;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What the connector's reader hands over: records of buffers, declared as records of arrays. */
final class TestingFetch implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {

  private final Map<String, Queue<ConsumerRecord<byte[], byte[]>>> splits = new LinkedHashMap<>();
  private final Queue<String> next = new ArrayDeque<>();
  private final Set<String> finished;
  private Queue<ConsumerRecord<byte[], byte[]>> current;

  TestingFetch(Set<String> finished) {
    this.finished = finished;
  }

  /** Adds a split of partition {@code partition} with records of {@code count} offsets. */
  TestingFetch split(int partition, long firstOffset, int count) {
    Queue<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      records.add(record(partition, firstOffset + i));
    }
    splits.put("t-" + partition, records);
    next.add("t-" + partition);
    return this;
  }

  /** As the connector has them: its type says arrays, its consumer was told to make buffers. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
    return new ConsumerRecord(
        "t",
        partition,
        offset,
        1_000 + offset,
        TimestampType.CREATE_TIME,
        1,
        8,
        ByteBuffer.wrap(new byte[] {(byte) partition}),
        ByteBuffer.allocate(8).putLong(offset).flip(),
        new RecordHeaders(),
        Optional.empty());
  }

  @Override
  public String nextSplit() {
    String split = next.poll();
    current = split == null ? null : splits.get(split);
    return split;
  }

  @Override
  public ConsumerRecord<byte[], byte[]> nextRecordFromSplit() {
    return current.poll();
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
