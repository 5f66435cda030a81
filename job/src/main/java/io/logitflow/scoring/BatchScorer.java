package io.logitflow.scoring;

import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.schema.DeadLetterReason;

/**
 * Scores a micro-batch with one model and hands on its predictions in the order of the records.
 *
 * <p>Values that are not finite are looked for in the logits of the whole batch, where those of
 * features show as well; only if there is one, row by row. A row with one disturbs no other row.
 */
final class BatchScorer {

  /** Takes what comes out. */
  interface Output {
    void prediction(ProducedRecord prediction);

    void rejected(ConsumedRecord record, BadRecordException reason);
  }

  private final Kernels kernels;
  private final int classes;
  private final Scores scores;

  /**
   * Creates a scorer.
   *
   * @param kernels looks for values that are not finite
   * @param capacity largest number of records in a batch
   * @param classes number of classes
   */
  BatchScorer(Kernels kernels, int capacity, int classes) {
    this.kernels = kernels;
    this.classes = classes;
    this.scores = new Scores(capacity, classes);
  }

  /** Scores a batch that is not empty. */
  void score(MicroBatch batch, ServingModel model, long now, Output output) {
    int size = batch.size();
    model.classifier().classify(batch.featureBatch(), scores);
    boolean allFinite = kernels.allFinite(scores.logits(), 0, size * classes);
    for (int row = 0; row < size; row++) {
      if (!allFinite) {
        BadRecordException reason = notFinite(batch, row);
        if (reason != null) {
          output.rejected(batch.record(row), reason);
          continue;
        }
      }
      int label = scores.labels()[row];
      output.prediction(
          new ProducedRecord(
              batch.row(row).idBytes(batch.record(row).key()),
              model
                  .encoder()
                  .encode(
                      batch.row(row),
                      now,
                      label,
                      scores.probabilities(),
                      scores.logits(),
                      row * classes),
              Math.max(0, batch.record(row).timestamp())));
    }
  }

  private BadRecordException notFinite(MicroBatch batch, int row) {
    float[] features = batch.features();
    int feature = firstNotFinite(features, row * batch.featureCount(), batch.featureCount());
    if (feature >= 0) {
      float value = features[row * batch.featureCount() + feature];
      return new BadRecordException(
          DeadLetterReason.NON_FINITE_FEATURE,
          "feature " + feature + " is " + value + ", expected a finite number");
    }
    int label = firstNotFinite(scores.logits(), row * classes, classes);
    if (label >= 0) {
      return new BadRecordException(
          DeadLetterReason.LOGIT_OVERFLOW,
          "the logit of class " + label + " exceeds what a float32 can hold");
    }
    return null;
  }

  private static int firstNotFinite(float[] values, int from, int length) {
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(values[from + i])) {
        return i;
      }
    }
    return -1;
  }
}
