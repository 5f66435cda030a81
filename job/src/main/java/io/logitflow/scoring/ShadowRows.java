package io.logitflow.scoring;

import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.connector.wire.PredictionEncoder;
import java.util.List;

/**
 * What the challengers say of the rows of a micro-batch. A challenger whose logits of a row are not
 * all finite says nothing of that row.
 */
final class ShadowRows implements PredictionEncoder.Shadows {

  private final Kernels kernels;
  private final int classes;
  private final ServingModel[] challengers;
  private final Scores[] scores;

  /** By challenger, whether it says something of every row of the batch. */
  private final boolean[] everyRow;

  /**
   * Creates it.
   *
   * @param classes number of classes
   * @param challengers the challengers, in the order of their scores
   */
  ShadowRows(Kernels kernels, int classes, List<ServingModel> challengers) {
    this.kernels = kernels;
    this.classes = classes;
    this.challengers = challengers.toArray(ServingModel[]::new);
    this.scores = new Scores[challengers.size()];
    this.everyRow = new boolean[challengers.size()];
  }

  /** Takes the scores of a batch of so many rows, one for each challenger. */
  void take(List<Scores> batch, int rows) {
    for (int i = 0; i < challengers.length; i++) {
      scores[i] = batch.get(i);
      everyRow[i] = kernels.allFinite(scores[i].logits(), 0, rows * classes);
    }
  }

  /** How many challengers say nothing of a row. */
  int missing(int row) {
    return challengers.length - count(row);
  }

  @Override
  public int count(int row) {
    int count = 0;
    for (int i = 0; i < challengers.length; i++) {
      if (says(i, row)) {
        count++;
      }
    }
    return count;
  }

  @Override
  public int size(int row) {
    int size = 0;
    for (int i = 0; i < challengers.length; i++) {
      if (says(i, row)) {
        size +=
            challengers[i]
                .encoder()
                .shadowSize(scores[i].labels()[row], scores[i].probabilities(), row * classes);
      }
    }
    return size;
  }

  @Override
  public int put(int row, byte[] out, int start) {
    int to = start;
    for (int i = 0; i < challengers.length; i++) {
      if (says(i, row)) {
        to =
            challengers[i]
                .encoder()
                .putShadow(
                    scores[i].labels()[row],
                    scores[i].probabilities(),
                    scores[i].logits(),
                    row * classes,
                    out,
                    to);
      }
    }
    return to;
  }

  private boolean says(int challenger, int row) {
    return everyRow[challenger]
        || kernels.allFinite(scores[challenger].logits(), row * classes, classes);
  }
}
