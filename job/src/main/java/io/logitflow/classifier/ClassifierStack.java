package io.logitflow.classifier;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.kernel.LinearKernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Classifiers that score the same batches, as one matrix product where they can: the first steps of
 * champion and challengers, one below the other. The features are read once for all of them. Sparse
 * batches are multiplied one by one: there is little to read. Immutable; the classifiers stay their
 * owners'.
 */
public final class ClassifierStack {

  /** Beyond it a product is bound by arithmetic: reading the features once more costs nothing. */
  private static final long MAX_WEIGHTS = 1 << 18;

  private final List<Classifier> classifiers;
  private final LinearKernel product;
  private final int width;

  private ClassifierStack(List<Classifier> classifiers, LinearKernel product, int width) {
    this.classifiers = classifiers;
    this.product = product;
    this.width = width;
  }

  /** Stacks classifiers of the same features; at least one. */
  public static ClassifierStack of(List<Classifier> scoring, KernelChoice kernel) {
    List<Classifier> classifiers = scoring.stream().map(SharedClassifier::unwrap).toList();
    List<FoldedLinear> first = new ArrayList<>();
    long weights = 0;
    for (Classifier classifier : classifiers) {
      if (classifier instanceof NetworkClassifier network) {
        network.firstDense().ifPresent(first::add);
        weights += network.firstDense().map(step -> (long) step.weight().length).orElse(0L);
      }
    }
    boolean stacked = first.size() > 1 && first.size() == classifiers.size();
    if (!stacked || weights > MAX_WEIGHTS) {
      return new ClassifierStack(classifiers, null, 0);
    }
    int inputs = first.get(0).inputs();
    int outputs = first.stream().mapToInt(FoldedLinear::outputs).sum();
    double[] weight = new double[outputs * inputs];
    double[] bias = new double[outputs];
    int at = 0;
    for (FoldedLinear step : first) {
      System.arraycopy(step.weight(), 0, weight, at * inputs, step.weight().length);
      System.arraycopy(step.bias(), 0, bias, at, step.outputs());
      at += step.outputs();
    }
    return new ClassifierStack(
        classifiers, Kernels.of(kernel).linear(weight, bias, outputs, inputs), outputs);
  }

  /** Whether one of the classifiers {@linkplain Classifier#isOffloaded is}. */
  public boolean isOffloaded() {
    return classifiers.stream().anyMatch(Classifier::isOffloaded);
  }

  /**
   * Scores a batch with every classifier.
   *
   * @param scores one for each classifier, in their order
   */
  public void classify(FeatureBatch batch, List<Scores> scores) {
    if (product == null || batch.sparse().isPresent()) {
      for (int i = 0; i < classifiers.size(); i++) {
        classifiers.get(i).classify(batch, scores.get(i));
      }
      return;
    }
    int rows = batch.rows();
    float[] all = scores.get(0).workspace(0, Math.multiplyExact(rows, width));
    product.multiply(batch.values(), rows, all);
    int from = 0;
    for (int i = 0; i < classifiers.size(); i++) {
      NetworkClassifier network = (NetworkClassifier) classifiers.get(i);
      int outputs = network.firstDense().orElseThrow().outputs();
      float[] output = network.firstOutput(rows, scores.get(i));
      for (int row = 0; row < rows; row++) {
        System.arraycopy(all, row * width + from, output, row * outputs, outputs);
      }
      network.finish(batch, scores.get(i));
      from += outputs;
    }
  }
}
