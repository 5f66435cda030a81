package io.logitflow.training;

/** Logits and gradients as they are defined, in float64. */
final class Float64BlockLoss implements BlockLoss {

  private final LinearShape shape;
  private final RowTerm term;
  private final double[] point;

  Float64BlockLoss(LinearShape shape, RowTerm term, double[] point) {
    this.shape = shape;
    this.term = term;
    this.point = point;
  }

  @Override
  public void add(RowBlock block, LossAccumulator into) {
    double[] x = new double[shape.features()];
    for (int row = 0; row < block.rows; row++) {
      for (int i = 0; i < x.length; i++) {
        x[i] = block.value(row * x.length + i);
      }
      logits(x, into.logits);
      term.add(block, row, into);
      for (int k = 0; k < shape.classes(); k++) {
        double error = into.errors[k];
        int from = k * x.length;
        for (int i = 0; i < x.length; i++) {
          into.gradient[from + i] += error * x[i];
        }
        into.gradient[shape.weights() + k] += error;
      }
    }
  }

  private void logits(double[] x, double[] logits) {
    for (int k = 0; k < logits.length; k++) {
      double sum = point[shape.weights() + k];
      int from = k * x.length;
      for (int i = 0; i < x.length; i++) {
        sum += point[from + i] * x[i];
      }
      logits[k] = sum;
    }
  }
}
