package io.logitflow.classifier;

/**
 * {@code y_i = factor_i x_i + offset_i}: what becomes of a normaliser and of batch normalisation.
 */
final class FoldedScale implements FoldedStep {

  private final double[] factor;
  private final double[] offset;

  private FoldedScale(double[] factor, double[] offset) {
    this.factor = factor;
    this.offset = offset;
  }

  static FoldedScale of(Normaliser normaliser) {
    double[] factor = normaliser.scale().toDoubles();
    double[] offset = normaliser.mean().toDoubles();
    for (int i = 0; i < factor.length; i++) {
      factor[i] = 1 / factor[i];
      offset[i] *= -factor[i];
    }
    return new FoldedScale(factor, offset);
  }

  static FoldedScale of(BatchNormLayer norm) {
    double[] factor = norm.variance().toDoubles();
    double[] offset = norm.mean().toDoubles();
    double[] weight = norm.weight().map(Tensor::toDoubles).orElse(null);
    double[] bias = norm.bias().map(Tensor::toDoubles).orElse(null);
    for (int i = 0; i < factor.length; i++) {
      factor[i] = (weight == null ? 1 : weight[i]) / Math.sqrt(factor[i] + norm.epsilon());
      offset[i] = (bias == null ? 0 : bias[i]) - offset[i] * factor[i];
    }
    return new FoldedScale(factor, offset);
  }

  double factor(int index) {
    return factor[index];
  }

  double offset(int index) {
    return offset[index];
  }

  @Override
  public int outputs() {
    return factor.length;
  }

  /** This scale after another one. */
  FoldedScale after(FoldedScale first) {
    double[] newFactor = new double[factor.length];
    double[] newOffset = new double[factor.length];
    for (int i = 0; i < factor.length; i++) {
      newFactor[i] = factor[i] * first.factor[i];
      newOffset[i] = factor[i] * first.offset[i] + offset[i];
    }
    return new FoldedScale(newFactor, newOffset);
  }

  /** The same map as a matrix with nothing but its diagonal. */
  FoldedSparseLinear toLinear() {
    int[] column = new int[factor.length];
    int[] rowStart = new int[factor.length + 1];
    for (int i = 0; i < factor.length; i++) {
      column[i] = i;
      rowStart[i + 1] = i + 1;
    }
    return new FoldedSparseLinear(factor, column, rowStart, offset, factor.length);
  }

  @Override
  public double[] apply(double[] input) {
    double[] output = new double[factor.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = factor[i] * input[i] + offset[i];
    }
    return output;
  }
}
