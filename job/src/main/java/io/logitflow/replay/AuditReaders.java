package io.logitflow.replay;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;
import io.logitflow.connector.wire.RecordDecoder;
import io.logitflow.connector.wire.WireFormats.DecoderFactory;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.evaluation.LoggedOutput;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.ShadowPrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Deserialisers of the topics whose records are scored again. */
public final class AuditReaders {

  private final int deadLetterMaxBytes;

  /**
   * Creates deserialisers.
   *
   * @param deadLetterMaxBytes bytes of a rejected record's value that a dead letter keeps
   */
  public AuditReaders(int deadLetterMaxBytes) {
    this.deadLetterMaxBytes = deadLetterMaxBytes;
  }

  /**
   * Feature records.
   *
   * @param featureCounts how many features a record may have: those of the versions, at least one
   */
  public AuditDeserializer features(DecoderFactory decoders, List<Integer> featureCounts) {
    int[] counts = featureCounts.stream().mapToInt(Integer::intValue).toArray();
    return new AuditDeserializer(
        () -> {
          FeatureDecoder decoder = decoders.get();
          FeatureArena[] arenas = new FeatureArena[counts.length];
          Arrays.setAll(arenas, i -> new FeatureArena(1, counts[i], FeatureArena.Form.EITHER));
          return record -> AuditInput.of(features(decoder, arenas, record.value()));
        },
        Counts.UNDECODABLE_FEATURES,
        deadLetterMaxBytes);
  }

  private static AuditEvent features(FeatureDecoder decoder, FeatureArena[] arenas, byte[] value)
      throws BadRecordException {
    BadRecordException problem = null;
    for (FeatureArena arena : arenas) {
      FeatureRow row = new FeatureRow(arena, 0);
      try {
        decoder.decode(value, 0, value == null ? 0 : value.length, row);
      } catch (BadRecordException e) {
        problem = e;
        if (e.reason() == DeadLetterReason.WRONG_FEATURE_COUNT) {
          continue;
        }
        throw e;
      }
      int length = arena.isSparse() ? arena.starts()[1] : arena.featureCount();
      return new AuditEvent(
          row.id(),
          new ReplayedFeatures(
              row.time(),
              row.idHash(),
              Arrays.copyOf(arena.values(), length),
              arena.isSparse() ? Arrays.copyOf(arena.indices(), length) : null),
          null);
    }
    throw problem;
  }

  /**
   * Predictions of a model, with their shadows; those of other models on the same topic are passed
   * over.
   */
  public AuditDeserializer predictions(String model, RecordDecoderFactory<Prediction> decoders) {
    return new AuditDeserializer(
        () -> {
          RecordDecoder<Prediction> decoder = decoders.get();
          return record -> {
            Prediction prediction = decoder.decode(record.value());
            return prediction.getModel().equals(model)
                ? AuditInput.of(
                    new AuditEvent(
                        prediction.getRecordId(),
                        null,
                        new LoggedRecord(record, predictions(prediction))))
                : AuditInput.counted(Counts.OTHER_MODELS, 1 + prediction.getShadows().size());
          };
        },
        Counts.UNDECODABLE_PREDICTIONS,
        deadLetterMaxBytes);
  }

  private static List<LoggedPrediction> predictions(Prediction prediction) {
    List<LoggedPrediction> predictions = new ArrayList<>(1 + prediction.getShadows().size());
    predictions.add(
        new LoggedPrediction(
            prediction.getModelVersion(),
            prediction.getRole() == ModelRole.CHALLENGER,
            new LoggedOutput(
                HexFormat.of().formatHex(prediction.getWeightsChecksum().bytes()),
                prediction.getCalibrationVersion(),
                prediction.getLabel(),
                prediction.getLabelName(),
                prediction.getConfidence(),
                floats(prediction.getProbabilities()))));
    for (ShadowPrediction shadow : prediction.getShadows()) {
      predictions.add(
          new LoggedPrediction(
              shadow.getModelVersion(),
              true,
              new LoggedOutput(
                  HexFormat.of().formatHex(shadow.getWeightsChecksum().bytes()),
                  shadow.getCalibrationVersion(),
                  shadow.getLabel(),
                  null,
                  shadow.getConfidence(),
                  floats(shadow.getProbabilities()))));
    }
    return predictions;
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
