package io.logitflow.learning;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.DeadLetters;
import io.logitflow.label.EventChecks;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes features and labels where they are read: event time is in the records, and the watermark
 * of a partition that is behind must hold up those of the others.
 */
public final class TrainingDeserializer implements KafkaRecordDeserializationSchema<TrainingInput> {

  private static final long serialVersionUID = 1L;

  private final EventReaderFactory readers;
  private final int deadLetterMaxBytes;
  private transient EventReader reader;
  private transient DeadLetters deadLetters;

  /** Makes an event of a record. */
  @FunctionalInterface
  interface EventReader {

    /**
     * Reads a record.
     *
     * @throws BadRecordException if the record cannot be used
     */
    TrainingEvent read(ConsumedRecord record) throws BadRecordException;
  }

  /** Makes readers where they are needed. */
  @FunctionalInterface
  interface EventReaderFactory extends Supplier<EventReader>, Serializable {}

  /**
   * Creates a deserialiser.
   *
   * @param deadLetterMaxBytes bytes of a rejected record's value that a dead letter keeps
   */
  TrainingDeserializer(EventReaderFactory readers, int deadLetterMaxBytes) {
    this.readers = readers;
    this.deadLetterMaxBytes = deadLetterMaxBytes;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = readers.get();
    deadLetters = new DeadLetters(TrainingSettings.JOB, deadLetterMaxBytes);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> bytes, Collector<TrainingInput> out) {
    ConsumedRecord record = ConsumedRecord.of(bytes);
    try {
      TrainingEvent event = reader.read(record);
      EventChecks.id(event.recordId());
      EventChecks.time(event.time());
      out.collect(new TrainingInput(event, null));
    } catch (BadRecordException e) {
      out.collect(new TrainingInput(null, deadLetters.encode(record, e.reason(), e.getMessage())));
    }
  }

  @Override
  public TypeInformation<TrainingInput> getProducedType() {
    return TypeInformation.of(TrainingInput.class);
  }
}
