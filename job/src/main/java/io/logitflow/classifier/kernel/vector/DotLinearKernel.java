package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;
import static jdk.incubator.vector.VectorOperators.ADD;

import io.logitflow.classifier.kernel.LinearKernel;
import jdk.incubator.vector.FloatVector;

/**
 * The product for few classes: a vector holds neighbouring features, and its lanes are summed at
 * the end. No lane is lost to classes that are not there: 10 classes in panels of 16 would waste
 * three eighths.
 *
 * <p>Classes go in groups of five, or two, with the weights of a group interleaved vector by
 * vector. The last vector of features starts early enough to end with the last feature; the weights
 * of the features that it repeats are 0 there. So nothing is masked and nothing read beyond a row.
 *
 * <p>No vector is passed to a method: where the JIT does not inline that, it makes an object of it.
 */
final class DotLinearKernel implements LinearKernel {

  private static final int FIVE = 5;
  private static final int TWO = 2;

  private final float[] weight;
  private final float[] bias;
  private final int outputs;
  private final int inputs;
  private final int steps;
  private final int fives;
  private final int twos;

  DotLinearKernel(double[] weight, double[] bias, int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.steps = (inputs + LANES - 1) / LANES;
    this.fives = outputs / FIVE;
    this.twos = (outputs % FIVE + TWO - 1) / TWO;
    int padded = fives * FIVE + twos * TWO;
    this.weight = Packing.allocate((long) padded * steps * LANES);
    this.bias = new float[padded];
    for (int k = 0; k < outputs; k++) {
      this.bias[k] = (float) bias[k];
      int width = k < fives * FIVE ? FIVE : TWO;
      int member = k < fives * FIVE ? k % FIVE : (k - fives * FIVE) % TWO;
      int group = (k - member) * steps * LANES;
      for (int i = 0; i < inputs; i++) {
        int step = i / LANES;
        int lane = i - start(step);
        this.weight[group + (step * width + member) * LANES + lane] =
            (float) weight[k * inputs + i];
      }
    }
  }

  /** First feature of a step: the last step ends with the last feature. */
  private int start(int step) {
    return Math.min(step * LANES, inputs - LANES);
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    int row = 0;
    for (; row + 2 <= rows; row += 2) {
      for (int five = 0; five < fives; five++) {
        fiveOfTwoRows(input, row, five * FIVE, output);
      }
    }
    if (row < rows) {
      for (int five = 0; five < fives; five++) {
        fiveOfOneRow(input, row, five * FIVE, output);
      }
    }
    for (int two = 0; two < twos; two++) {
      int k = fives * FIVE + two * TWO;
      for (row = 0; row + 4 <= rows; row += 4) {
        twoOfFourRows(input, row, k, output);
      }
      for (; row < rows; row++) {
        twoOfOneRow(input, row, k, output);
      }
    }
  }

  private void fiveOfTwoRows(float[] input, int row, int k, float[] output) {
    int group = k * steps * LANES;
    int row0 = row * inputs;
    int row1 = row0 + inputs;
    int last = inputs - LANES;
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum02 = FloatVector.zero(FLOAT);
    FloatVector sum03 = FloatVector.zero(FLOAT);
    FloatVector sum04 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum12 = FloatVector.zero(FLOAT);
    FloatVector sum13 = FloatVector.zero(FLOAT);
    FloatVector sum14 = FloatVector.zero(FLOAT);
    for (int step = 0; step < steps; step++) {
      int i = Math.min(step * LANES, last);
      int w = group + step * (FIVE * LANES);
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, row0 + i);
      FloatVector x1 = FloatVector.fromArray(FLOAT, input, row1 + i);
      FloatVector w0 = FloatVector.fromArray(FLOAT, weight, w);
      sum00 = x0.fma(w0, sum00);
      sum10 = x1.fma(w0, sum10);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weight, w + LANES);
      sum01 = x0.fma(w1, sum01);
      sum11 = x1.fma(w1, sum11);
      FloatVector w2 = FloatVector.fromArray(FLOAT, weight, w + 2 * LANES);
      sum02 = x0.fma(w2, sum02);
      sum12 = x1.fma(w2, sum12);
      FloatVector w3 = FloatVector.fromArray(FLOAT, weight, w + 3 * LANES);
      sum03 = x0.fma(w3, sum03);
      sum13 = x1.fma(w3, sum13);
      FloatVector w4 = FloatVector.fromArray(FLOAT, weight, w + 4 * LANES);
      sum04 = x0.fma(w4, sum04);
      sum14 = x1.fma(w4, sum14);
    }
    int out = row * outputs + k;
    output[out] = sum00.reduceLanes(ADD) + bias[k];
    output[out + 1] = sum01.reduceLanes(ADD) + bias[k + 1];
    output[out + 2] = sum02.reduceLanes(ADD) + bias[k + 2];
    output[out + 3] = sum03.reduceLanes(ADD) + bias[k + 3];
    output[out + 4] = sum04.reduceLanes(ADD) + bias[k + 4];
    output[out + outputs] = sum10.reduceLanes(ADD) + bias[k];
    output[out + outputs + 1] = sum11.reduceLanes(ADD) + bias[k + 1];
    output[out + outputs + 2] = sum12.reduceLanes(ADD) + bias[k + 2];
    output[out + outputs + 3] = sum13.reduceLanes(ADD) + bias[k + 3];
    output[out + outputs + 4] = sum14.reduceLanes(ADD) + bias[k + 4];
  }

  private void fiveOfOneRow(float[] input, int row, int k, float[] output) {
    int group = k * steps * LANES;
    int row0 = row * inputs;
    int last = inputs - LANES;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    FloatVector sum2 = FloatVector.zero(FLOAT);
    FloatVector sum3 = FloatVector.zero(FLOAT);
    FloatVector sum4 = FloatVector.zero(FLOAT);
    for (int step = 0; step < steps; step++) {
      int w = group + step * (FIVE * LANES);
      FloatVector x = FloatVector.fromArray(FLOAT, input, row0 + Math.min(step * LANES, last));
      sum0 = x.fma(FloatVector.fromArray(FLOAT, weight, w), sum0);
      sum1 = x.fma(FloatVector.fromArray(FLOAT, weight, w + LANES), sum1);
      sum2 = x.fma(FloatVector.fromArray(FLOAT, weight, w + 2 * LANES), sum2);
      sum3 = x.fma(FloatVector.fromArray(FLOAT, weight, w + 3 * LANES), sum3);
      sum4 = x.fma(FloatVector.fromArray(FLOAT, weight, w + 4 * LANES), sum4);
    }
    int out = row * outputs + k;
    output[out] = sum0.reduceLanes(ADD) + bias[k];
    output[out + 1] = sum1.reduceLanes(ADD) + bias[k + 1];
    output[out + 2] = sum2.reduceLanes(ADD) + bias[k + 2];
    output[out + 3] = sum3.reduceLanes(ADD) + bias[k + 3];
    output[out + 4] = sum4.reduceLanes(ADD) + bias[k + 4];
  }

  private void twoOfFourRows(float[] input, int row, int k, float[] output) {
    int group = k * steps * LANES;
    int row0 = row * inputs;
    int row1 = row0 + inputs;
    int row2 = row1 + inputs;
    int row3 = row2 + inputs;
    int last = inputs - LANES;
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    for (int step = 0; step < steps; step++) {
      int i = Math.min(step * LANES, last);
      int w = group + step * (TWO * LANES);
      FloatVector w0 = FloatVector.fromArray(FLOAT, weight, w);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weight, w + LANES);
      FloatVector x = FloatVector.fromArray(FLOAT, input, row0 + i);
      sum00 = x.fma(w0, sum00);
      sum01 = x.fma(w1, sum01);
      x = FloatVector.fromArray(FLOAT, input, row1 + i);
      sum10 = x.fma(w0, sum10);
      sum11 = x.fma(w1, sum11);
      x = FloatVector.fromArray(FLOAT, input, row2 + i);
      sum20 = x.fma(w0, sum20);
      sum21 = x.fma(w1, sum21);
      x = FloatVector.fromArray(FLOAT, input, row3 + i);
      sum30 = x.fma(w0, sum30);
      sum31 = x.fma(w1, sum31);
    }
    storeTwo(sum00.reduceLanes(ADD), sum01.reduceLanes(ADD), row, k, output);
    storeTwo(sum10.reduceLanes(ADD), sum11.reduceLanes(ADD), row + 1, k, output);
    storeTwo(sum20.reduceLanes(ADD), sum21.reduceLanes(ADD), row + 2, k, output);
    storeTwo(sum30.reduceLanes(ADD), sum31.reduceLanes(ADD), row + 3, k, output);
  }

  private void twoOfOneRow(float[] input, int row, int k, float[] output) {
    int group = k * steps * LANES;
    int row0 = row * inputs;
    int last = inputs - LANES;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    for (int step = 0; step < steps; step++) {
      int w = group + step * (TWO * LANES);
      FloatVector x = FloatVector.fromArray(FLOAT, input, row0 + Math.min(step * LANES, last));
      sum0 = x.fma(FloatVector.fromArray(FLOAT, weight, w), sum0);
      sum1 = x.fma(FloatVector.fromArray(FLOAT, weight, w + LANES), sum1);
    }
    storeTwo(sum0.reduceLanes(ADD), sum1.reduceLanes(ADD), row, k, output);
  }

  /** The second of the last two classes may be padding. */
  private void storeTwo(float sum0, float sum1, int row, int k, float[] output) {
    int out = row * outputs + k;
    output[out] = sum0 + bias[k];
    if (k + 1 < outputs) {
      output[out + 1] = sum1 + bias[k + 1];
    }
  }
}
