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
 * vector. The weights of a group for a block of features stay in the first-level cache while rows
 * pass, and those rows in the second-level cache while groups pass. Features that do not fill a
 * vector are a block of their own, of the last vector of a row; the weights of the features that it
 * repeats are 0 there. So nothing is masked and nothing read beyond a row.
 *
 * <p>The loops count the place in the weights, and the place in the rows beside it: on JDK 17 this
 * keeps every sum in a register, and other orders were no faster, not even those with fewer
 * instructions. No vector is passed to a method: where the JIT does not inline that, it makes an
 * object of it.
 */
final class DotLinearKernel implements LinearKernel {

  private static final int FIVE = 5;
  private static final int TWO = 2;
  private static final int BLOCK_STEPS = 1024 / LANES;
  private static final int BLOCK_ROWS = 64;

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
        int lane = i - feature(step);
        this.weight[group + (step * width + member) * LANES + lane] =
            (float) weight[k * inputs + i];
      }
    }
  }

  /** First feature of a step: the last step ends with the last feature. */
  private int feature(int step) {
    return Math.min(step * LANES, inputs - LANES);
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    for (int row = 0; row < rows; row += BLOCK_ROWS) {
      multiplyRows(input, row, Math.min(rows, row + BLOCK_ROWS), output);
    }
  }

  private void multiplyRows(float[] input, int from, int to, float[] output) {
    int wholeSteps = inputs / LANES;
    for (int step = 0; step < wholeSteps; step += BLOCK_STEPS) {
      multiplyBlock(input, from, to, step, Math.min(wholeSteps, step + BLOCK_STEPS), output);
    }
    if (wholeSteps < steps) {
      multiplyBlock(input, from, to, wholeSteps, steps, output);
    }
  }

  private void multiplyBlock(
      float[] input, int from, int to, int firstStep, int endStep, float[] output) {
    int feature = feature(firstStep);
    boolean first = firstStep == 0;
    for (int k = 0; k < bias.length; ) {
      int width = k < fives * FIVE ? FIVE : TWO;
      int begin = (k * steps + firstStep * width) * LANES;
      int end = (k * steps + endStep * width) * LANES;
      int row = from;
      if (width == FIVE) {
        for (; row + 2 <= to; row += 2) {
          fiveOfTwoRows(input, row, feature, begin, end, first, k, output);
        }
        for (; row < to; row++) {
          fiveOfOneRow(input, row, feature, begin, end, first, k, output);
        }
      } else {
        for (; row + 4 <= to; row += 4) {
          twoOfFourRows(input, row, feature, begin, end, first, k, output);
        }
        for (; row < to; row++) {
          twoOfOneRow(input, row, feature, begin, end, first, k, output);
        }
      }
      k += width;
    }
  }

  private void fiveOfTwoRows(
      float[] input,
      int row,
      int feature,
      int begin,
      int end,
      boolean first,
      int k,
      float[] output) {
    int in0 = row * inputs + feature;
    int in1 = in0 + inputs;
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
    for (int w = begin, i = 0; w < end; w += FIVE * LANES, i += LANES) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, in0 + i);
      FloatVector x1 = FloatVector.fromArray(FLOAT, input, in1 + i);
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
    storeFive(
        sum00.reduceLanes(ADD),
        sum01.reduceLanes(ADD),
        sum02.reduceLanes(ADD),
        sum03.reduceLanes(ADD),
        sum04.reduceLanes(ADD),
        row,
        first,
        k,
        output);
    storeFive(
        sum10.reduceLanes(ADD),
        sum11.reduceLanes(ADD),
        sum12.reduceLanes(ADD),
        sum13.reduceLanes(ADD),
        sum14.reduceLanes(ADD),
        row + 1,
        first,
        k,
        output);
  }

  private void fiveOfOneRow(
      float[] input,
      int row,
      int feature,
      int begin,
      int end,
      boolean first,
      int k,
      float[] output) {
    int in = row * inputs + feature;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    FloatVector sum2 = FloatVector.zero(FLOAT);
    FloatVector sum3 = FloatVector.zero(FLOAT);
    FloatVector sum4 = FloatVector.zero(FLOAT);
    for (int w = begin, i = 0; w < end; w += FIVE * LANES, i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOAT, input, in + i);
      sum0 = x.fma(FloatVector.fromArray(FLOAT, weight, w), sum0);
      sum1 = x.fma(FloatVector.fromArray(FLOAT, weight, w + LANES), sum1);
      sum2 = x.fma(FloatVector.fromArray(FLOAT, weight, w + 2 * LANES), sum2);
      sum3 = x.fma(FloatVector.fromArray(FLOAT, weight, w + 3 * LANES), sum3);
      sum4 = x.fma(FloatVector.fromArray(FLOAT, weight, w + 4 * LANES), sum4);
    }
    storeFive(
        sum0.reduceLanes(ADD),
        sum1.reduceLanes(ADD),
        sum2.reduceLanes(ADD),
        sum3.reduceLanes(ADD),
        sum4.reduceLanes(ADD),
        row,
        first,
        k,
        output);
  }

  private void twoOfFourRows(
      float[] input,
      int row,
      int feature,
      int begin,
      int end,
      boolean first,
      int k,
      float[] output) {
    int in0 = row * inputs + feature;
    int in1 = in0 + inputs;
    int in2 = in1 + inputs;
    int in3 = in2 + inputs;
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    for (int w = begin, i = 0; w < end; w += TWO * LANES, i += LANES) {
      FloatVector w0 = FloatVector.fromArray(FLOAT, weight, w);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weight, w + LANES);
      FloatVector x = FloatVector.fromArray(FLOAT, input, in0 + i);
      sum00 = x.fma(w0, sum00);
      sum01 = x.fma(w1, sum01);
      x = FloatVector.fromArray(FLOAT, input, in1 + i);
      sum10 = x.fma(w0, sum10);
      sum11 = x.fma(w1, sum11);
      x = FloatVector.fromArray(FLOAT, input, in2 + i);
      sum20 = x.fma(w0, sum20);
      sum21 = x.fma(w1, sum21);
      x = FloatVector.fromArray(FLOAT, input, in3 + i);
      sum30 = x.fma(w0, sum30);
      sum31 = x.fma(w1, sum31);
    }
    storeTwo(sum00.reduceLanes(ADD), sum01.reduceLanes(ADD), row, first, k, output);
    storeTwo(sum10.reduceLanes(ADD), sum11.reduceLanes(ADD), row + 1, first, k, output);
    storeTwo(sum20.reduceLanes(ADD), sum21.reduceLanes(ADD), row + 2, first, k, output);
    storeTwo(sum30.reduceLanes(ADD), sum31.reduceLanes(ADD), row + 3, first, k, output);
  }

  private void twoOfOneRow(
      float[] input,
      int row,
      int feature,
      int begin,
      int end,
      boolean first,
      int k,
      float[] output) {
    int in = row * inputs + feature;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    for (int w = begin, i = 0; w < end; w += TWO * LANES, i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOAT, input, in + i);
      sum0 = x.fma(FloatVector.fromArray(FLOAT, weight, w), sum0);
      sum1 = x.fma(FloatVector.fromArray(FLOAT, weight, w + LANES), sum1);
    }
    storeTwo(sum0.reduceLanes(ADD), sum1.reduceLanes(ADD), row, first, k, output);
  }

  private void storeFive(
      float sum0,
      float sum1,
      float sum2,
      float sum3,
      float sum4,
      int row,
      boolean first,
      int k,
      float[] output) {
    int out = row * outputs + k;
    float[] base = first ? bias : output;
    int base0 = first ? k : out;
    output[out] = base[base0] + sum0;
    output[out + 1] = base[base0 + 1] + sum1;
    output[out + 2] = base[base0 + 2] + sum2;
    output[out + 3] = base[base0 + 3] + sum3;
    output[out + 4] = base[base0 + 4] + sum4;
  }

  /** The second of the last two classes may be padding. */
  private void storeTwo(float sum0, float sum1, int row, boolean first, int k, float[] output) {
    int out = row * outputs + k;
    output[out] = (first ? bias[k] : output[out]) + sum0;
    if (k + 1 < outputs) {
      output[out + 1] = (first ? bias[k + 1] : output[out + 1]) + sum1;
    }
  }
}
