package io.logitflow.feedback;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.DeadLetters;
import io.logitflow.label.EventChecks;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes predictions and labels where they are read: event time is in the records, and the
 * watermark of a partition that is behind must hold up those of the others.
 */
public final class FeedbackDeserializer implements KafkaRecordDeserializationSchema<FeedbackInput> {

  private static final long serialVersionUID = 1L;
  private static final String JOB = "feedback";

  private final EventReaderFactory readers;
  private final int deadLetterMaxBytes;
  private transient EventReader reader;
  private transient DeadLetters deadLetters;
  private transient Counter otherModels;

  /** Makes an event of a record. */
  @FunctionalInterface
  interface EventReader {

    /**
     * Reads a record.
     *
     * @return the event; null if it is of another model
     * @throws BadRecordException if the record cannot be used
     */
    FeedbackEvent read(ConsumedRecord record) throws BadRecordException;
  }

  /** Makes readers where they are needed. */
  @FunctionalInterface
  interface EventReaderFactory extends Supplier<EventReader>, Serializable {}

  /**
   * Creates a deserialiser.
   *
   * @param deadLetterMaxBytes bytes of a rejected record's value that a dead letter keeps
   */
  FeedbackDeserializer(EventReaderFactory readers, int deadLetterMaxBytes) {
    this.readers = readers;
    this.deadLetterMaxBytes = deadLetterMaxBytes;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = readers.get();
    deadLetters = new DeadLetters(JOB, deadLetterMaxBytes);
    otherModels = context.getMetricGroup().counter("recordsOfOtherModels");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> bytes, Collector<FeedbackInput> out) {
    ConsumedRecord record = ConsumedRecord.of(bytes);
    try {
      FeedbackEvent event = reader.read(record);
      if (event == null) {
        otherModels.inc();
        return;
      }
      check(event);
      out.collect(new FeedbackInput(event, null));
    } catch (BadRecordException e) {
      out.collect(new FeedbackInput(null, deadLetters.encode(record, e.reason(), e.getMessage())));
    }
  }

  private static void check(FeedbackEvent event) throws BadRecordException {
    EventChecks.id(event.recordId());
    if (event.label() != null) {
      EventChecks.label(event.label());
    } else {
      EventChecks.text("segment", event.predictions().get(0).segment());
    }
    EventChecks.time(event.time());
  }

  @Override
  public TypeInformation<FeedbackInput> getProducedType() {
    return TypeInformation.of(FeedbackInput.class);
  }
}
