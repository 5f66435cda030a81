package io.logitflow.connector.fetch;

import io.logitflow.connector.RecordRun;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A run as the connector's reader takes it, which knows consumed records alone. Its offset is that
 * of the last record.
 */
final class RunElement extends ConsumerRecord<byte[], byte[]> {

  private final RecordRun run;

  RunElement(RecordRun run) {
    super(run.topic(), run.partition(), run.lastOffset(), null, null);
    this.run = run;
  }

  RecordRun run() {
    return run;
  }
}
