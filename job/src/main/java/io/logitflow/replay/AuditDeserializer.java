package io.logitflow.replay;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.DeadLetters;
import io.logitflow.connector.ProducedRecord;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes feature records and predictions for an audit. A prediction that does not decode is a dead
 * letter; a feature record that does not was one when it came.
 */
public final class AuditDeserializer implements KafkaRecordDeserializationSchema<AuditInput> {

  private static final long serialVersionUID = 1L;

  private final EventReaderFactory readers;
  private final String undecodable;
  private final int deadLetterMaxBytes;
  private transient EventReader reader;
  private transient DeadLetters deadLetters;

  /** Makes an event of a record. */
  @FunctionalInterface
  interface EventReader {

    /**
     * Reads a record.
     *
     * @return the event, or as what the record is counted
     * @throws BadRecordException if the record cannot be used
     */
    AuditInput read(ConsumedRecord record) throws BadRecordException;
  }

  /** Makes readers where they are needed. */
  @FunctionalInterface
  interface EventReaderFactory extends Supplier<EventReader>, Serializable {}

  AuditDeserializer(EventReaderFactory readers, String undecodable, int deadLetterMaxBytes) {
    this.readers = readers;
    this.undecodable = undecodable;
    this.deadLetterMaxBytes = deadLetterMaxBytes;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = readers.get();
    deadLetters = new DeadLetters(AuditScoringOperator.JOB, deadLetterMaxBytes);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> bytes, Collector<AuditInput> out) {
    ConsumedRecord record = ConsumedRecord.of(bytes);
    try {
      out.collect(reader.read(record));
    } catch (BadRecordException e) {
      ProducedRecord letter =
          undecodable.equals(Counts.UNDECODABLE_PREDICTIONS)
              ? deadLetters.encode(record, e.reason(), e.getMessage())
              : null;
      out.collect(new AuditInput(null, undecodable, 1, letter));
    }
  }

  @Override
  public TypeInformation<AuditInput> getProducedType() {
    return TypeInformation.of(AuditInput.class);
  }
}
