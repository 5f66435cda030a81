package io.logitflow.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what everybody has read: feature records up to the offsets that the job has committed,
 * predictions and labels up to where the view is. A run at full speed writes hundreds of MB a
 * second, and would fill the disk within minutes.
 */
final class TopicTrimmer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTrimmer.class);

  private final Admin admin;
  private final OutputReader reader;

  TopicTrimmer(String bootstrapServers, OutputReader reader) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.reader = reader;
  }

  /** Deletes what was read since the last call. */
  void trim() throws InterruptedException {
    Map<TopicPartition, RecordsToDelete> read = new HashMap<>();
    reader
        .positions()
        .forEach((partition, offset) -> read.put(partition, RecordsToDelete.beforeOffset(offset)));
    try {
      for (GroupListing group : admin.listGroups().all().get()) {
        Map<TopicPartition, OffsetAndMetadata> committed =
            admin
                .listConsumerGroupOffsets(group.groupId())
                .partitionsToOffsetAndMetadata(group.groupId())
                .get();
        committed.forEach(
            (partition, offset) ->
                read.put(partition, RecordsToDelete.beforeOffset(offset.offset())));
      }
      if (!read.isEmpty()) {
        admin.deleteRecords(read).all().get();
      }
    } catch (ExecutionException e) {
      // Tried again at the next call.
      LOG.warn("Records that were read cannot be deleted", e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
