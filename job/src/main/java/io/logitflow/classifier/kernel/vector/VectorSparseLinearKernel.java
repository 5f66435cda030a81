package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import io.logitflow.classifier.kernel.CsrWeights;
import io.logitflow.classifier.kernel.LinearKernel;
import jdk.incubator.vector.FloatVector;

/**
 * The product with sparse weights: a vector holds one feature of neighbouring rows, so that one
 * weight multiplies all its lanes and nothing is gathered.
 *
 * <p>For that a tile of rows is transposed into working memory of the thread, and the outputs of
 * the tile on their way back. A tile that is not full leaves lanes unused: each row has its own.
 */
final class VectorSparseLinearKernel implements LinearKernel {

  private static final int ROWS = 2 * LANES;

  /** The largest so far; it outlives kernels, and refers to no class of theirs. */
  private static final ThreadLocal<float[]> WORKING_MEMORY =
      ThreadLocal.withInitial(() -> new float[0]);

  private final int[] starts;

  /** Where the column of an element starts in a transposed tile. */
  private final int[] offsets;

  private final float[] weight;
  private final float[] bias;
  private final int outputs;
  private final int inputs;
  private final int memory;

  VectorSparseLinearKernel(CsrWeights csr, double[] bias) {
    this.outputs = csr.outputs();
    this.inputs = csr.inputs();
    this.starts = csr.starts();
    this.offsets = new int[csr.columns().length];
    this.memory = Packing.length((inputs + 1L) * ROWS);
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = csr.columns()[i] * ROWS;
    }
    this.weight = Packing.floats(csr.values());
    this.bias = Packing.floats(bias);
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    float[] tile = workingMemory();
    for (int row = 0; row < rows; row += ROWS) {
      int count = Math.min(ROWS, rows - row);
      transpose(input, row, count, tile);
      for (int k = 0; k < outputs; k++) {
        product(tile, k);
        for (int r = 0; r < count; r++) {
          output[(row + r) * outputs + k] = tile[inputs * ROWS + r];
        }
      }
    }
  }

  private float[] workingMemory() {
    float[] tile = WORKING_MEMORY.get();
    if (tile.length < memory) {
      tile = new float[memory];
      WORKING_MEMORY.set(tile);
    }
    return tile;
  }

  private void transpose(float[] input, int row, int count, float[] tile) {
    for (int r = 0; r < count; r++) {
      int from = (row + r) * inputs;
      for (int i = 0; i < inputs; i++) {
        tile[i * ROWS + r] = input[from + i];
      }
    }
  }

  /** One output of all rows of a tile, into what follows its features. */
  private void product(float[] tile, int k) {
    int end = starts[k + 1];
    FloatVector even0 = FloatVector.broadcast(FLOAT, bias[k]);
    FloatVector even1 = even0;
    FloatVector odd0 = FloatVector.zero(FLOAT);
    FloatVector odd1 = odd0;
    int i = starts[k];
    for (; i + 2 <= end; i += 2) {
      FloatVector w = FloatVector.broadcast(FLOAT, weight[i]);
      even0 = FloatVector.fromArray(FLOAT, tile, offsets[i]).fma(w, even0);
      even1 = FloatVector.fromArray(FLOAT, tile, offsets[i] + LANES).fma(w, even1);
      w = FloatVector.broadcast(FLOAT, weight[i + 1]);
      odd0 = FloatVector.fromArray(FLOAT, tile, offsets[i + 1]).fma(w, odd0);
      odd1 = FloatVector.fromArray(FLOAT, tile, offsets[i + 1] + LANES).fma(w, odd1);
    }
    if (i < end) {
      FloatVector w = FloatVector.broadcast(FLOAT, weight[i]);
      even0 = FloatVector.fromArray(FLOAT, tile, offsets[i]).fma(w, even0);
      even1 = FloatVector.fromArray(FLOAT, tile, offsets[i] + LANES).fma(w, even1);
    }
    even0.add(odd0).intoArray(tile, inputs * ROWS);
    even1.add(odd1).intoArray(tile, inputs * ROWS + LANES);
  }
}
