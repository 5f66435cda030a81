package io.logitflow.learning;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.RecordDecoder;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks the drift alarms of a model out of the decisions. */
public final class AlarmDeserializer implements KafkaRecordDeserializationSchema<TrainingSignal> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AlarmDeserializer.class);

  private final String model;
  private final RecordDecoderFactory<Decision> decoders;
  private transient RecordDecoder<Decision> decoder;

  /** Creates a deserialiser of the decisions topic. */
  public AlarmDeserializer(String model, RecordDecoderFactory<Decision> decoders) {
    this.model = model;
    this.decoders = decoders;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = decoders.get();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TrainingSignal> out) {
    try {
      Decision decision = decoder.decode(record.value());
      if (decision.getKind() == DecisionKind.DRIFT_ALARM && decision.getModel().equals(model)) {
        out.collect(TrainingSignal.alarm(decision.getEventTime().toEpochMilli()));
      }
    } catch (BadRecordException e) {
      // Not ours to reject: the topic belongs to those who decide.
      LOG.warn(
          "{}-{}@{} is no decision: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  @Override
  public TypeInformation<TrainingSignal> getProducedType() {
    return TypeInformation.of(TrainingSignal.class);
  }
}
