package io.logitflow.feedback;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.RecordDecoder;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.label.TrueLabel;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Label;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.util.List;

/** Deserialisers of the topics that the feedback job reads. */
public final class FeedbackReaders {

  private final int deadLetterMaxBytes;

  /**
   * Creates deserialisers.
   *
   * @param deadLetterMaxBytes bytes of a rejected record's value that a dead letter keeps
   */
  public FeedbackReaders(int deadLetterMaxBytes) {
    this.deadLetterMaxBytes = deadLetterMaxBytes;
  }

  /** Predictions of a model; those of other models on the same topic are passed over. */
  public FeedbackDeserializer predictions(String model, RecordDecoderFactory<Prediction> decoders) {
    return new FeedbackDeserializer(
        () -> {
          RecordDecoder<Prediction> decoder = decoders.get();
          return record -> {
            Prediction prediction = decoder.decode(record.value());
            return prediction.getModel().equals(model) ? event(prediction) : null;
          };
        },
        deadLetterMaxBytes);
  }

  /** Labels. */
  public FeedbackDeserializer labels(RecordDecoderFactory<Label> decoders) {
    return new FeedbackDeserializer(
        () -> {
          RecordDecoder<Label> decoder = decoders.get();
          return record -> {
            Label label = decoder.decode(record.value());
            return new FeedbackEvent(label.getRecordId(), null, TrueLabel.of(label));
          };
        },
        deadLetterMaxBytes);
  }

  static FeedbackEvent event(Prediction prediction) throws BadRecordException {
    float[] probabilities = floats(prediction.getProbabilities());
    float[] logits = floats(prediction.getLogits());
    int label = prediction.getLabel();
    if (label < 0 || label >= probabilities.length) {
      throw new BadRecordException(
          DeadLetterReason.MALFORMED,
          "label is %d, expected an index of %d probabilities"
              .formatted(label, probabilities.length));
    }
    if (logits.length != 0 && logits.length != probabilities.length) {
      throw new BadRecordException(
          DeadLetterReason.MALFORMED,
          "%d logits, expected none or as many as probabilities (%d)"
              .formatted(logits.length, probabilities.length));
    }
    return new FeedbackEvent(
        prediction.getRecordId(),
        new ServedPrediction(
            prediction.getTime().toEpochMilli(),
            prediction.getSegment(),
            prediction.getModelVersion(),
            prediction.getCalibrationVersion(),
            prediction.getRole() == ModelRole.CHALLENGER,
            label,
            probabilities,
            logits),
        null);
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
