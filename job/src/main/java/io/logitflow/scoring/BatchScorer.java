package io.logitflow.scoring;

import io.logitflow.classifier.ClassifierStack;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.schema.DeadLetterReason;
import java.util.List;

/**
 * Scores a micro-batch with the champion and its challengers and hands on the predictions of the
 * champion, with those of the challengers in them, in the order of the records.
 *
 * <p>Values that are not finite are looked for in the logits of the whole batch, where those of
 * features show as well; only if there is one, row by row. A row with one disturbs no other row.
 */
final class BatchScorer {

  /** Takes what comes out. */
  interface Output {
    void prediction(ProducedRecord prediction);

    /** The champion could not score a record. */
    void rejected(ConsumedRecord record, BadRecordException reason);

    /** So many challengers could not score a record that the champion has scored. */
    void notShadowed(int challengers);
  }

  private final KernelChoice kernel;
  private final Kernels kernels;
  private final int classes;
  private List<ServingModel> models = List.of();
  private ClassifierStack stack;
  private ShadowRows shadows;
  private boolean offloaded;

  /**
   * Creates a scorer.
   *
   * @param kernel kernels that score
   * @param classes number of classes
   */
  BatchScorer(KernelChoice kernel, int classes) {
    this.kernel = kernel;
    this.kernels = Kernels.of(kernel);
    this.classes = classes;
  }

  /** Scores with these models from now on; the champion comes first. */
  void serve(List<ServingModel> serving) {
    models = List.copyOf(serving);
    stack = ClassifierStack.of(models.stream().map(ServingModel::classifier).toList(), kernel);
    shadows = new ShadowRows(kernels, classes, models.subList(1, models.size()));
    offloaded = stack.isOffloaded();
  }

  /** Whether to classify is worth a thread of its own. */
  boolean isOffloaded() {
    return offloaded;
  }

  /** Computes the scores of a batch that is not empty. */
  void classify(MicroBatch batch) {
    stack.classify(batch.featureBatch(), batch.scores(models.size(), classes));
  }

  /** Hands on the predictions of a batch that was classified by the same models. */
  void write(MicroBatch batch, long now, Output output) {
    List<Scores> scores = batch.scores(models.size(), classes);
    ServingModel champion = models.get(0);
    Scores result = scores.get(0);
    int size = batch.size();
    shadows.take(scores.subList(1, models.size()), size);
    boolean allFinite = kernels.allFinite(result.logits(), 0, size * classes);
    for (int row = 0; row < size; row++) {
      if (!allFinite) {
        BadRecordException reason = notFinite(batch, row, result.logits());
        if (reason != null) {
          output.rejected(batch.record(row), reason);
          continue;
        }
      }
      output.prediction(
          new ProducedRecord(
              batch.row(row).idBytes(),
              champion
                  .encoder()
                  .encode(
                      batch.row(row),
                      now,
                      result.labels()[row],
                      result.probabilities(),
                      result.logits(),
                      row * classes,
                      shadows,
                      row),
              Math.max(0, batch.timestamp(row))));
      int missing = shadows.missing(row);
      if (missing > 0) {
        output.notShadowed(missing);
      }
    }
  }

  private BadRecordException notFinite(MicroBatch batch, int row, float[] logits) {
    FeatureArena features = batch.features();
    int place = features.firstNotFinite(row);
    if (place >= 0) {
      return new BadRecordException(
          DeadLetterReason.NON_FINITE_FEATURE,
          "feature "
              + features.feature(place)
              + " is "
              + features.values()[place]
              + ", expected a finite number");
    }
    int label = firstNotFinite(logits, row * classes, classes);
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
