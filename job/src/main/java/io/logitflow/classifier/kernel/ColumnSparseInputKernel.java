package io.logitflow.classifier.kernel;

/**
 * The product of sparse records with sparse weights, which are kept column by column: a value of a
 * record meets the weights for its feature and no others. Sums are float64. There is nothing to
 * vectorise, as the outputs of a column may be anywhere.
 */
final class ColumnSparseInputKernel implements SparseInputKernel {

  private final int[] starts;
  private final int[] rows;
  private final double[] weights;
  private final double[] bias;

  ColumnSparseInputKernel(CsrWeights weight, double[] bias) {
    this.bias = bias;
    int[] columns = weight.columns();
    starts = new int[weight.inputs() + 1];
    for (int column : columns) {
      starts[column + 1]++;
    }
    for (int column = 0; column < weight.inputs(); column++) {
      starts[column + 1] += starts[column];
    }
    rows = new int[columns.length];
    weights = new double[columns.length];
    // Backwards, so that starts[column + 1] ends up where the column begins.
    for (int k = weight.outputs() - 1; k >= 0; k--) {
      for (int i = weight.starts()[k + 1] - 1; i >= weight.starts()[k]; i--) {
        int to = --starts[columns[i] + 1];
        rows[to] = k;
        weights[to] = weight.values()[i];
      }
    }
    System.arraycopy(starts, 1, starts, 0, weight.inputs());
    starts[weight.inputs()] = columns.length;
  }

  @Override
  public void multiply(
      int[] recordStarts, int[] indices, float[] values, int records, float[] output) {
    double[] sums = new double[bias.length];
    for (int record = 0; record < records; record++) {
      System.arraycopy(bias, 0, sums, 0, bias.length);
      for (int i = recordStarts[record]; i < recordStarts[record + 1]; i++) {
        int end = starts[indices[i] + 1];
        for (int at = starts[indices[i]]; at < end; at++) {
          sums[rows[at]] += weights[at] * values[i];
        }
      }
      int to = record * bias.length;
      for (int k = 0; k < bias.length; k++) {
        output[to + k] = (float) sums[k];
      }
    }
  }
}
