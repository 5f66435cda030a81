package io.logitflow.training;

import io.logitflow.classifier.kernel.Argmax;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.kernel.LinearKernel;
import java.util.Arrays;

/**
 * Logits, softmax and gradient by the kernels that score, in float32. The loss is float64: the
 * probability of the largest logit is {@code 1 / sum exp(z_k - max z)}, so {@code -ln} of it and
 * differences of logits give every log-probability without loss of digits.
 */
final class Float32BlockLoss implements BlockLoss {

  private final Kernels kernels;
  private final LinearShape shape;
  private final RowTerm term;
  private final boolean classTargets;
  private final LinearKernel linear;

  Float32BlockLoss(
      Kernels kernels, LinearShape shape, RowTerm term, Targets targets, double[] point) {
    this.kernels = kernels;
    this.shape = shape;
    this.term = term;
    this.classTargets = targets == Targets.CLASSES;
    this.linear =
        kernels.linear(
            Arrays.copyOf(point, shape.weights()),
            Arrays.copyOfRange(point, shape.weights(), shape.size()),
            shape.classes(),
            shape.features());
  }

  @Override
  public void add(RowBlock block, LossAccumulator into) {
    float[] logits = into.rowLogits(block.rows);
    linear.multiply(block.values, block.rows, logits);
    if (classTargets) {
      addClasses(block, logits, into);
    } else {
      addOthers(block, logits, into);
    }
    float[] product = into.product();
    kernels.gradient(logits, block.values, block.rows, shape.classes(), shape.features(), product);
    for (int i = 0; i < product.length; i++) {
      into.gradient[i] += product[i];
    }
  }

  /** Turns the logits of rows with a class each into errors. */
  private void addClasses(RowBlock block, float[] logits, LossAccumulator into) {
    int classes = shape.classes();
    double smoothing = term.smoothing();
    int[] largest = new int[block.rows];
    for (int row = 0; row < block.rows; row++) {
      int from = row * classes;
      int label = block.labels[row];
      largest[row] = Argmax.argmax(logits, from, classes);
      double max = logits[from + largest[row]];
      double loss = (1 - smoothing) * (max - logits[from + label]);
      if (smoothing > 0) {
        for (int k = 0; k < classes; k++) {
          loss += smoothing / classes * (max - logits[from + k]);
        }
      }
      double weight = term.weight(block, row);
      into.loss += weight * loss;
      into.weight += weight;
      into.correct += largest[row] == label ? weight : 0;
    }
    kernels.softmax(logits, block.rows, classes, 1);
    for (int row = 0; row < block.rows; row++) {
      int from = row * classes;
      double weight = term.weight(block, row);
      into.loss -= weight * Math.log(logits[from + largest[row]]);
      logits[from + block.labels[row]] -= (float) (1 - smoothing);
      float shared = (float) (smoothing / classes);
      float factor = (float) weight;
      for (int k = 0; k < classes; k++) {
        float error = factor * (logits[from + k] - shared);
        logits[from + k] = error;
        into.gradient[shape.weights() + k] += error;
      }
    }
  }

  /** The same for other targets, row by row in float64. */
  private void addOthers(RowBlock block, float[] logits, LossAccumulator into) {
    int classes = shape.classes();
    for (int row = 0; row < block.rows; row++) {
      for (int k = 0; k < classes; k++) {
        into.logits[k] = logits[row * classes + k];
      }
      term.add(block, row, into);
      for (int k = 0; k < classes; k++) {
        logits[row * classes + k] = (float) into.errors[k];
        into.gradient[shape.weights() + k] += into.errors[k];
      }
    }
  }
}
