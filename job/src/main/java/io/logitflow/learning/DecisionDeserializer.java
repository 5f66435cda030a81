package io.logitflow.learning;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.RecordDecoder;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.learning.TrainingSignal.Kind;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionOutcome;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Picks out of the decisions on a model what concerns its training: drift alarms, what became of
 * trainings, and what became of challengers and the champion.
 */
public final class DecisionDeserializer
    implements KafkaRecordDeserializationSchema<TrainingSignal> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecisionDeserializer.class);

  private final String model;
  private final RecordDecoderFactory<Decision> decoders;
  private transient RecordDecoder<Decision> decoder;

  /** Creates a deserialiser of the decisions topic. */
  public DecisionDeserializer(String model, RecordDecoderFactory<Decision> decoders) {
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
      if (decision.getModel().equals(model)) {
        signal(decision).ifPresent(out::collect);
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

  private static Optional<TrainingSignal> signal(Decision decision) {
    long time = decision.getEventTime().toEpochMilli();
    boolean applied = decision.getOutcome() == DecisionOutcome.APPLIED;
    return switch (decision.getKind()) {
      case DRIFT_ALARM -> Optional.of(TrainingSignal.alarm(time));
      case RETRAINING ->
          Optional.of(
              new TrainingSignal(
                  RetrainingRecord.isPostponed(decision) ? Kind.POSTPONED : Kind.ANSWERED, time));
      case REJECTION -> ofCandidate(Kind.REJECTED, applied, decision);
      case PROMOTION, ROLLBACK -> ofCandidate(Kind.CHAMPION, applied, decision);
      case RECALIBRATION, UNKNOWN -> Optional.empty();
    };
  }

  private static Optional<TrainingSignal> ofCandidate(
      Kind kind, boolean applied, Decision decision) {
    return applied && decision.getCandidateVersion() != null
        ? Optional.of(new TrainingSignal(kind, decision.getCandidateVersion()))
        : Optional.empty();
  }

  @Override
  public TypeInformation<TrainingSignal> getProducedType() {
    return TypeInformation.of(TrainingSignal.class);
  }
}
