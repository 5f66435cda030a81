package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Kernels;

/**
 * Calibration and softmax of many rows of float32 logits. It is what {@link OutputStage} is to
 * other output functions. Immutable.
 */
final class SoftmaxStage {

  private final Kernels kernels;
  private final Calibration calibration;
  private final int classes;

  SoftmaxStage(Model model, Kernels kernels) {
    this.kernels = kernels;
    this.calibration = model.calibration();
    this.classes = model.classCount();
  }

  /** Writes probabilities and labels of the first rows, whose logits are there. */
  void write(int rows, Scores scores) {
    float[] probabilities = scores.probabilities();
    if (calibration.hasBiases()) {
      writeShifted(rows, scores);
      kernels.softmax(probabilities, rows, classes, 1);
    } else {
      System.arraycopy(scores.logits(), 0, probabilities, 0, rows * classes);
      kernels.softmax(probabilities, rows, classes, calibration.temperature());
      scores.labelByLogits(rows);
    }
  }

  private void writeShifted(int rows, Scores scores) {
    for (int row = 0; row < rows; row++) {
      int from = row * classes;
      int label = calibration.label(scores.logits(), from, classes);
      calibration.shift(scores.logits(), from, classes, label, scores.probabilities());
      scores.labels()[row] = label;
    }
  }
}
