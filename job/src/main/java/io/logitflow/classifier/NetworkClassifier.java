package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.output.Softmax;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The steps of a folded network by float32 kernels, then calibration and output function. */
final class NetworkClassifier implements Classifier {

  private final Kernels kernels;
  private final List<PackedStep> steps = new ArrayList<>();
  private final SparseProduct sparseProduct;
  private final boolean wide;
  private final Float64Classifier overflow;
  private final OutputStage outputStage;
  private final boolean softmax;
  private final SoftmaxStage softmaxStage;
  private final Optional<FoldedLinear> firstDense;
  private final int featureCount;
  private final int classCount;

  NetworkClassifier(FoldedNetwork network, Model model, Kernels kernels) {
    this.kernels = kernels;
    this.wide = network.inputs() > FeatureBatch.WIDEST_DENSE;
    this.sparseProduct = new SparseProduct(network.steps().get(0), kernels);
    for (FoldedStep step : network.steps()) {
      if (step instanceof FoldedActivation between) {
        steps.get(steps.size() - 1).activate(between.activation(), kernels);
      } else if (wide && steps.isEmpty()) {
        steps.add(PackedStep.withoutProduct(step));
        sparseProduct.pack();
      } else {
        steps.add(PackedStep.of(step, kernels));
      }
    }
    this.overflow = new Float64Classifier(network, model);
    this.outputStage = new OutputStage(model);
    this.softmax = model.outputFunction() instanceof Softmax;
    this.softmaxStage = new SoftmaxStage(model, kernels);
    this.firstDense =
        network.steps().get(0) instanceof FoldedLinear dense
            ? Optional.of(dense)
            : Optional.empty();
    this.featureCount = network.inputs();
    this.classCount = model.classCount();
  }

  @Override
  public int featureCount() {
    return featureCount;
  }

  @Override
  public int classCount() {
    return classCount;
  }

  @Override
  public void classify(FeatureBatch batch, Scores scores) {
    float[] first = output(0, batch.rows(), scores);
    FeatureBatch features = wide ? batch.toSparse(featureCount) : batch;
    if (features.sparse().isPresent()) {
      sparseProduct.multiply(features, first);
    } else {
      steps.get(0).multiply(features.values(), features.rows(), first);
    }
    finish(features, scores);
  }

  /** The first step, if it is a product with dense weights that takes every feature. */
  Optional<FoldedLinear> firstDense() {
    return firstDense;
  }

  /** Where the product of the first step goes, {@code [rows, outputs of the step]}. */
  float[] firstOutput(int rows, Scores scores) {
    return output(0, rows, scores);
  }

  /** What follows the product of the first step. */
  void finish(FeatureBatch batch, Scores scores) {
    int rows = batch.rows();
    BitSet suspects = finishSteps(batch, scores);
    if (softmax) {
      softmaxStage.write(rows, scores);
    } else {
      writeRows(batch, scores);
    }
    for (int row = suspects.nextSetBit(0); row >= 0; row = suspects.nextSetBit(row + 1)) {
      overflow.classifyRow(batch, row, scores);
    }
  }

  /**
   * Goes on from the product of the first step. Returns the rows with a value that is not finite:
   * it came in with the features, or a float32 sum overflowed, perhaps on the way to a finite
   * logit. What products yield is looked at, because an activation may hide it.
   */
  private BitSet finishSteps(FeatureBatch batch, Scores scores) {
    int rows = batch.rows();
    BitSet suspects = new BitSet();
    if (firstDense.isEmpty()) {
      addSuspects(suspects, batch);
    }
    float[] values = null;
    for (int i = 0; i < steps.size(); i++) {
      float[] output = output(i, rows, scores);
      if (i > 0) {
        steps.get(i).multiply(values, rows, output);
      }
      addSuspects(suspects, output, rows, steps.get(i).outputs());
      steps.get(i).activate(output, rows);
      values = output;
    }
    return suspects;
  }

  /** Sparse weights may have none for a feature that is not finite: no product shows it. */
  private void addSuspects(BitSet suspects, FeatureBatch batch) {
    if (batch.sparse().isEmpty()) {
      addSuspects(suspects, batch.values(), batch.rows(), featureCount);
      return;
    }
    int[] starts = batch.sparse().get().starts();
    if (!kernels.allFinite(batch.values(), 0, starts[batch.rows()])) {
      for (int row = 0; row < batch.rows(); row++) {
        if (!kernels.allFinite(batch.values(), starts[row], starts[row + 1] - starts[row])) {
          suspects.set(row);
        }
      }
    }
  }

  private void addSuspects(BitSet suspects, float[] values, int rows, int width) {
    if (!kernels.allFinite(values, 0, rows * width)) {
      for (int row = 0; row < rows; row++) {
        if (!kernels.allFinite(values, row * width, width)) {
          suspects.set(row);
        }
      }
    }
  }

  private float[] output(int step, int rows, Scores scores) {
    boolean last = step == steps.size() - 1;
    return last && softmax
        ? scores.logits()
        : scores.workspace(1 + step, Math.multiplyExact(rows, steps.get(step).outputs()));
  }

  private void writeRows(FeatureBatch batch, Scores scores) {
    int last = steps.size() - 1;
    float[] output = output(last, batch.rows(), scores);
    double[] row = new double[steps.get(last).outputs()];
    for (int r = 0; r < batch.rows(); r++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = output[r * row.length + i];
      }
      outputStage.write(row, batch.seed(r), r, scores);
    }
  }

  @Override
  public void close() {}
}
