package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Argmax;
import java.util.Arrays;

/**
 * What comes out of classifying a batch, and room to compute it in. Belongs to one thread, and is
 * written again and again.
 */
public final class Scores {

  private final int classes;
  private final float[] logits;
  private final float[] probabilities;
  private final int[] labels;
  private float[][] workspace = new float[0][];

  /**
   * Makes room.
   *
   * @param capacity largest number of rows
   * @param classes number of classes
   */
  public Scores(int capacity, int classes) {
    this.classes = classes;
    this.logits = new float[Math.multiplyExact(capacity, classes)];
    this.probabilities = new float[capacity * classes];
    this.labels = new int[capacity];
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** Logits before calibration, {@code [rows, classes]}; infinite if beyond float32. */
  public float[] logits() {
    return logits;
  }

  /** Probabilities after calibration, {@code [rows, classes]}. */
  public float[] probabilities() {
    return probabilities;
  }

  /**
   * Predicted class of each row: the smallest index among the largest logits after calibration, or
   * the class that was drawn.
   */
  public int[] labels() {
    return labels;
  }

  /**
   * Gives each row the class of its largest logit, the smallest index if there are several: right
   * unless biases of a calibration change the order.
   */
  public void labelByLogits(int rows) {
    for (int row = 0; row < rows; row++) {
      labels[row] = Argmax.argmax(logits, row * classes, classes);
    }
  }

  /** Results of hidden layers, one array for each; what was in it does not matter. */
  float[] workspace(int index, int length) {
    if (index >= workspace.length) {
      workspace = Arrays.copyOf(workspace, index + 1);
    }
    if (workspace[index] == null || workspace[index].length < length) {
      workspace[index] = new float[length];
    }
    return workspace[index];
  }
}
