package io.logitflow.classifier.kernel;

/** One implementation of the arithmetic of scoring. Immutable: threads may share one. */
public interface Kernels {

  /**
   * The kernels of a choice, which check their arguments. What keeps the vector kernels from
   * running is logged once, with what to change.
   *
   * @throws IllegalStateException if {@link KernelChoice#VECTOR} cannot run here; it says what to
   *     change
   */
  static Kernels of(KernelChoice choice) {
    return new CheckedKernels(
        switch (choice) {
          case SCALAR -> new ScalarKernels();
          case VECTOR -> VectorKernelLookup.required();
          case AUTO -> VectorKernelLookup.available().orElseGet(ScalarKernels::new);
        });
  }

  /** What runs, for logs and reports, e.g. {@code Vector API, 256 bits}. */
  String description();

  /**
   * Whether no value is NaN or infinite.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  boolean allFinite(float[] values, int from, int length);

  /**
   * Packs weights for products with them.
   *
   * @param weight {@code [outputs, inputs]}, row-major; kept, so it must not be changed
   * @param bias {@code [outputs]}; kept, so it must not be changed
   * @throws IllegalArgumentException if the array lengths are not those of the shape
   */
  LinearKernel linear(double[] weight, double[] bias, int outputs, int inputs);

  /**
   * Packs sparse weights for products with dense input. A feature that is not finite reaches only
   * the outputs that have a weight for it.
   *
   * @param bias {@code [outputs]}; kept, so it must not be changed
   * @throws IllegalArgumentException if there is not one bias for each output
   */
  LinearKernel sparseLinear(CsrWeights weight, double[] bias);

  /**
   * Weights for products with sparse input, such as hashed features.
   *
   * @param weight {@code [inputs, outputs]}, row-major, so the transpose of {@link #linear}'s;
   *     kept, so it must not be changed
   * @param bias {@code [outputs]}; kept, so it must not be changed
   * @throws IllegalArgumentException if the array lengths are not those of the shape
   */
  SparseInputKernel sparseInput(float[] weight, double[] bias, int outputs, int inputs);

  /**
   * Sparse weights for products with sparse input. A feature that is not finite reaches only the
   * outputs that have a weight for it.
   *
   * @param bias {@code [outputs]}; kept, so it must not be changed
   * @throws IllegalArgumentException if there is not one bias for each output
   */
  default SparseInputKernel sparseInput(CsrWeights weight, double[] bias) {
    return new ColumnSparseInputKernel(weight, bias);
  }

  /**
   * Computes {@code product = errors^T input}: the gradient of the weights of {@link #linear} where
   * {@code errors} are the derivatives of a sum over the rows by their logits.
   *
   * @param errors {@code [rows, outputs]}, row-major; may be longer
   * @param input {@code [rows, inputs]}, row-major; may be longer
   * @param rows number of rows, at least 0
   * @param product {@code [outputs, inputs]}, row-major; may be longer, and is not written beyond
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void gradient(float[] errors, float[] input, int rows, int outputs, int inputs, float[] product);

  /**
   * Replaces each row of logits by {@code exp((z_k - max z) / T) / sum_j exp((z_j - max z) / T)}.
   * Right for all finite logits; probabilities below the smallest normal float32 may become 0.
   *
   * @param values {@code [rows, classes]}, row-major; may be longer
   * @param temperature T, above 0, and such that 1 / T is finite in float32
   * @throws IndexOutOfBoundsException if the array is too short
   */
  void softmax(float[] values, int rows, int classes, double temperature);

  /**
   * Replaces each x by {@code max(0, x)}. NaN stays NaN.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  void relu(float[] values, int from, int length);

  /**
   * Replaces each negative x by {@code slope x}. NaN stays NaN.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  void leakyRelu(float[] values, int from, int length, float slope);

  /**
   * Replaces each x by {@code 1 / (1 + exp(-x))}, to 1e-6 for all finite x. NaN stays NaN.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  void sigmoid(float[] values, int from, int length);

  /**
   * Replaces each x by its hyperbolic tangent, to 1e-6 for all finite x. NaN stays NaN.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  void tanh(float[] values, int from, int length);
}
