package io.logitflow.learning;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;
import io.logitflow.connector.wire.RecordDecoder;
import io.logitflow.connector.wire.WireFormats.DecoderFactory;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.label.EventChecks;
import io.logitflow.label.TrueLabel;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Label;
import java.util.Arrays;

/** Deserialisers of the topics that the training job reads. */
public final class TrainingReaders {

  /** Dense records of more are for other jobs: one takes 4 MiB. */
  private static final int MAX_FEATURES = 1 << 20;

  private final int deadLetterMaxBytes;

  /**
   * Creates deserialisers.
   *
   * @param deadLetterMaxBytes bytes of a rejected record's value that a dead letter keeps
   */
  public TrainingReaders(int deadLetterMaxBytes) {
    this.deadLetterMaxBytes = deadLetterMaxBytes;
  }

  /** Feature records; sparse ones are rejected. */
  public TrainingDeserializer features(DecoderFactory decoders) {
    return new TrainingDeserializer(
        () -> {
          FeatureDecoder decoder = decoders.get();
          FeatureArena arena = new FeatureArena(1, MAX_FEATURES, FeatureArena.Form.ANY_NUMBER);
          FeatureRow row = new FeatureRow(arena, 0);
          return record -> {
            byte[] value = record.value();
            decoder.decode(value, 0, value == null ? 0 : value.length, row);
            TrainingEvent event =
                new TrainingEvent(
                    row.id(),
                    row.time(),
                    record.partition(),
                    record.offset(),
                    features(arena),
                    null);
            row.release();
            return event;
          };
        },
        deadLetterMaxBytes);
  }

  private static float[] features(FeatureArena arena) throws BadRecordException {
    int bad = arena.firstNotFinite(0);
    if (bad >= 0) {
      throw new BadRecordException(
          DeadLetterReason.NON_FINITE_FEATURE,
          "feature %d is %s, expected a finite number".formatted(bad, arena.values()[bad]));
    }
    return Arrays.copyOf(arena.values(), arena.starts()[1]);
  }

  /** Labels. */
  public TrainingDeserializer labels(RecordDecoderFactory<Label> decoders) {
    return new TrainingDeserializer(
        () -> {
          RecordDecoder<Label> decoder = decoders.get();
          return record -> {
            Label label = decoder.decode(record.value());
            TrueLabel trueLabel = TrueLabel.of(label);
            EventChecks.label(trueLabel);
            return new TrainingEvent(
                label.getRecordId(),
                trueLabel.time(),
                record.partition(),
                record.offset(),
                null,
                trueLabel);
          };
        },
        deadLetterMaxBytes);
  }
}
