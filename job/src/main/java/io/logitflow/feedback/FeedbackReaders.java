package io.logitflow.feedback;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.RecordDecoder;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.label.TrueLabel;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Label;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.ShadowPrediction;
import java.util.ArrayList;
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

  /**
   * Predictions of a model, with their shadows; those of other models on the same topic are passed
   * over.
   */
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
            return FeedbackEvent.labelled(label.getRecordId(), TrueLabel.of(label));
          };
        },
        deadLetterMaxBytes);
  }

  /**
   * The event of a prediction and its shadows.
   *
   * @throws BadRecordException if one of them contradicts itself
   */
  static FeedbackEvent event(Prediction prediction) throws BadRecordException {
    List<ServedPrediction> predictions = new ArrayList<>(1 + prediction.getShadows().size());
    predictions.add(
        checked(
            "",
            new ServedPrediction(
                prediction.getTime().toEpochMilli(),
                prediction.getSegment(),
                prediction.getModelVersion(),
                prediction.getCalibrationVersion(),
                prediction.getRole() == ModelRole.CHALLENGER,
                prediction.getLabel(),
                floats(prediction.getProbabilities()),
                floats(prediction.getLogits()))));
    for (ShadowPrediction shadow : prediction.getShadows()) {
      predictions.add(
          checked(
              "shadow of version " + shadow.getModelVersion() + ": ",
              new ServedPrediction(
                  prediction.getTime().toEpochMilli(),
                  prediction.getSegment(),
                  shadow.getModelVersion(),
                  shadow.getCalibrationVersion(),
                  true,
                  shadow.getLabel(),
                  floats(shadow.getProbabilities()),
                  floats(shadow.getLogits()))));
    }
    return FeedbackEvent.predicted(prediction.getRecordId(), predictions);
  }

  private static ServedPrediction checked(String place, ServedPrediction prediction)
      throws BadRecordException {
    int label = prediction.label();
    if (label < 0 || label >= prediction.classes()) {
      throw new BadRecordException(
          DeadLetterReason.MALFORMED,
          "%slabel is %d, expected an index of %d probabilities"
              .formatted(place, label, prediction.classes()));
    }
    int logits = prediction.logits().length;
    if (logits != 0 && logits != prediction.classes()) {
      throw new BadRecordException(
          DeadLetterReason.MALFORMED,
          "%s%d logits, expected none or as many as probabilities (%d)"
              .formatted(place, logits, prediction.classes()));
    }
    return prediction;
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
