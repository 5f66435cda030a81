package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.Model;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.ShadowPrediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Predictions made with the generated class. */
public final class Predictions {

  private final Model model;
  private final Sha256 checksum;

  public Predictions(Model model) {
    this.model = model;
    this.checksum = new Sha256(model.weightsChecksum());
  }

  /**
   * A prediction of the champion.
   *
   * @param logits logits of the record
   * @param probabilities probabilities of the record
   */
  Prediction of(String recordId, Instant time, float[] logits, float[] probabilities) {
    int label = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[label]) {
        label = i;
      }
    }
    // The constructor of all fields: the builder would check each of them against the schema.
    return new Prediction(
        recordId,
        time,
        null,
        Instant.now(),
        model.name(),
        model.version(),
        ModelRole.CHAMPION,
        model.calibrationVersion(),
        checksum,
        label,
        model.classNames().get(label),
        probabilities[label],
        boxed(probabilities),
        boxed(logits),
        List.of(),
        List.of());
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  /** Some prediction of the size that all have, encoded. */
  public byte[] sample() {
    return sample(0);
  }

  /** Some prediction of the size that all with so many challengers have, encoded. */
  byte[] sample(int challengers) {
    float[] values = new float[model.classCount()];
    Prediction prediction = of(FeatureRecords.id(0), Instant.now(), values, values);
    ShadowPrediction shadow =
        new ShadowPrediction(
            model.version(),
            ModelRole.CHALLENGER,
            model.calibrationVersion(),
            checksum,
            0,
            values[0],
            boxed(values),
            boxed(values),
            List.of());
    prediction.setShadows(Collections.nCopies(challengers, shadow));
    return encode(prediction);
  }

  /** Encodes a prediction as a single object. */
  static byte[] encode(Prediction prediction) {
    try {
      ByteBuffer buffer = prediction.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding into memory", e);
    }
  }
}
