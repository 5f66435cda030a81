package io.logitflow.connector.fetch;

import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Packs what a poll of the consumer brings into runs, on the thread of the fetcher. Starting and
 * stopping offsets, finished splits, commits and metrics of the consumer are the business of the
 * connector's reader, whose result is complete when {@code fetch} returns.
 */
final class RunSplitReader extends KafkaPartitionSplitReader {

  RunSplitReader(Properties properties, SourceReaderContext context, RunMetrics metrics) {
    super(properties, context, metrics);
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
    return new PartitionRuns(super.fetch());
  }
}
