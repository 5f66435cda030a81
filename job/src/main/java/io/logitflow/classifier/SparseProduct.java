package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.kernel.SparseInputKernel;

/**
 * The product of the first step of a network with sparse rows. Its weights are packed when the
 * first of them come: most models never see one, and would hold their weights twice.
 */
final class SparseProduct {

  private final FoldedStep step;
  private final Kernels kernels;
  private volatile SparseInputKernel kernel;

  SparseProduct(FoldedStep step, Kernels kernels) {
    this.step = step;
    this.kernels = kernels;
  }

  /** Packs the weights now, if they are not. */
  SparseInputKernel pack() {
    SparseInputKernel packed = kernel;
    if (packed == null) {
      synchronized (this) {
        packed = kernel;
        if (packed == null) {
          packed = packed();
          kernel = packed;
        }
      }
    }
    return packed;
  }

  private SparseInputKernel packed() {
    if (step instanceof FoldedSparseLinear sparse) {
      return kernels.sparseInput(sparse.weights(), sparse.bias());
    }
    FoldedLinear dense = (FoldedLinear) step;
    return kernels.sparseInput(dense.transposed(), dense.bias(), dense.outputs(), dense.inputs());
  }

  /** The product of the rows of a sparse batch. */
  void multiply(FeatureBatch batch, float[] output) {
    FeatureBatch.SparseColumns columns = batch.sparse().orElseThrow();
    pack().multiply(columns.starts(), columns.indices(), batch.values(), batch.rows(), output);
  }
}
