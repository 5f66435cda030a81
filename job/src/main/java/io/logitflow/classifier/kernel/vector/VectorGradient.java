package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The gradient of weights. A vector holds neighbouring features; a tile of five, two or one classes
 * times some vectors keeps its sums in registers while all rows pass, so rows should fit the
 * second-level cache together. The last vectors of features end with the last feature and compute
 * again what the ones before have: nothing is masked.
 */
final class VectorGradient {

  private static final int FIVE = 5;
  private static final int TWO = 2;

  private VectorGradient() {}

  static void gradient(
      float[] errors, float[] input, int rows, int outputs, int inputs, float[] product) {
    if (inputs < LANES) {
      few(errors, input, rows, outputs, inputs, product);
      return;
    }
    int k = 0;
    for (; k + FIVE <= outputs; k += FIVE) {
      five(errors, input, rows, outputs, inputs, k, product);
    }
    for (; k + TWO <= outputs; k += TWO) {
      two(errors, input, rows, outputs, inputs, k, product);
    }
    if (k < outputs) {
      one(errors, input, rows, outputs, inputs, k, product);
    }
  }

  private static void five(
      float[] errors, float[] input, int rows, int outputs, int inputs, int k, float[] product) {
    int i = 0;
    for (; i + 2 * LANES <= inputs; i += 2 * LANES) {
      fiveTimesTwo(errors, input, rows, outputs, inputs, k, i, product);
    }
    for (; i < inputs; i += LANES) {
      int from = Math.min(i, inputs - LANES);
      fiveTimesOne(errors, input, rows, outputs, inputs, k, from, product);
    }
  }

  private static void two(
      float[] errors, float[] input, int rows, int outputs, int inputs, int k, float[] product) {
    int i = 0;
    for (; i + 4 * LANES <= inputs; i += 4 * LANES) {
      twoTimesFour(errors, input, rows, outputs, inputs, k, i, product);
    }
    for (; i < inputs; i += LANES) {
      int from = Math.min(i, inputs - LANES);
      twoTimesOne(errors, input, rows, outputs, inputs, k, from, product);
    }
  }

  private static void one(
      float[] errors, float[] input, int rows, int outputs, int inputs, int k, float[] product) {
    int i = 0;
    for (; i + 4 * LANES <= inputs; i += 4 * LANES) {
      oneTimesFour(errors, input, rows, outputs, inputs, k, i, product);
    }
    for (; i < inputs; i += LANES) {
      int from = Math.min(i, inputs - LANES);
      oneTimesOne(errors, input, rows, outputs, inputs, k, from, product);
    }
  }

  private static void fiveTimesTwo(
      float[] errors,
      float[] input,
      int rows,
      int outputs,
      int inputs,
      int k,
      int i,
      float[] product) {
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    FloatVector sum40 = FloatVector.zero(FLOAT);
    FloatVector sum41 = FloatVector.zero(FLOAT);
    for (int row = 0, e = k, in = i; row < rows; row++, e += outputs, in += inputs) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, in);
      FloatVector x1 = FloatVector.fromArray(FLOAT, input, in + LANES);
      FloatVector error = FloatVector.broadcast(FLOAT, errors[e]);
      sum00 = x0.fma(error, sum00);
      sum01 = x1.fma(error, sum01);
      error = FloatVector.broadcast(FLOAT, errors[e + 1]);
      sum10 = x0.fma(error, sum10);
      sum11 = x1.fma(error, sum11);
      error = FloatVector.broadcast(FLOAT, errors[e + 2]);
      sum20 = x0.fma(error, sum20);
      sum21 = x1.fma(error, sum21);
      error = FloatVector.broadcast(FLOAT, errors[e + 3]);
      sum30 = x0.fma(error, sum30);
      sum31 = x1.fma(error, sum31);
      error = FloatVector.broadcast(FLOAT, errors[e + 4]);
      sum40 = x0.fma(error, sum40);
      sum41 = x1.fma(error, sum41);
    }
    int out = k * inputs + i;
    sum00.intoArray(product, out);
    sum01.intoArray(product, out + LANES);
    sum10.intoArray(product, out + inputs);
    sum11.intoArray(product, out + inputs + LANES);
    sum20.intoArray(product, out + 2 * inputs);
    sum21.intoArray(product, out + 2 * inputs + LANES);
    sum30.intoArray(product, out + 3 * inputs);
    sum31.intoArray(product, out + 3 * inputs + LANES);
    sum40.intoArray(product, out + 4 * inputs);
    sum41.intoArray(product, out + 4 * inputs + LANES);
  }

  private static void fiveTimesOne(
      float[] errors,
      float[] input,
      int rows,
      int outputs,
      int inputs,
      int k,
      int i,
      float[] product) {
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum40 = FloatVector.zero(FLOAT);
    for (int row = 0, e = k, in = i; row < rows; row++, e += outputs, in += inputs) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, in);
      FloatVector error = FloatVector.broadcast(FLOAT, errors[e]);
      sum00 = x0.fma(error, sum00);
      error = FloatVector.broadcast(FLOAT, errors[e + 1]);
      sum10 = x0.fma(error, sum10);
      error = FloatVector.broadcast(FLOAT, errors[e + 2]);
      sum20 = x0.fma(error, sum20);
      error = FloatVector.broadcast(FLOAT, errors[e + 3]);
      sum30 = x0.fma(error, sum30);
      error = FloatVector.broadcast(FLOAT, errors[e + 4]);
      sum40 = x0.fma(error, sum40);
    }
    int out = k * inputs + i;
    sum00.intoArray(product, out);
    sum10.intoArray(product, out + inputs);
    sum20.intoArray(product, out + 2 * inputs);
    sum30.intoArray(product, out + 3 * inputs);
    sum40.intoArray(product, out + 4 * inputs);
  }

  private static void twoTimesFour(
      float[] errors,
      float[] input,
      int rows,
      int outputs,
      int inputs,
      int k,
      int i,
      float[] product) {
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum02 = FloatVector.zero(FLOAT);
    FloatVector sum03 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum12 = FloatVector.zero(FLOAT);
    FloatVector sum13 = FloatVector.zero(FLOAT);
    for (int row = 0, e = k, in = i; row < rows; row++, e += outputs, in += inputs) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, in);
      FloatVector x1 = FloatVector.fromArray(FLOAT, input, in + LANES);
      FloatVector x2 = FloatVector.fromArray(FLOAT, input, in + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(FLOAT, input, in + 3 * LANES);
      FloatVector error = FloatVector.broadcast(FLOAT, errors[e]);
      sum00 = x0.fma(error, sum00);
      sum01 = x1.fma(error, sum01);
      sum02 = x2.fma(error, sum02);
      sum03 = x3.fma(error, sum03);
      error = FloatVector.broadcast(FLOAT, errors[e + 1]);
      sum10 = x0.fma(error, sum10);
      sum11 = x1.fma(error, sum11);
      sum12 = x2.fma(error, sum12);
      sum13 = x3.fma(error, sum13);
    }
    int out = k * inputs + i;
    sum00.intoArray(product, out);
    sum01.intoArray(product, out + LANES);
    sum02.intoArray(product, out + 2 * LANES);
    sum03.intoArray(product, out + 3 * LANES);
    sum10.intoArray(product, out + inputs);
    sum11.intoArray(product, out + inputs + LANES);
    sum12.intoArray(product, out + inputs + 2 * LANES);
    sum13.intoArray(product, out + inputs + 3 * LANES);
  }

  private static void twoTimesOne(
      float[] errors,
      float[] input,
      int rows,
      int outputs,
      int inputs,
      int k,
      int i,
      float[] product) {
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    for (int row = 0, e = k, in = i; row < rows; row++, e += outputs, in += inputs) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, in);
      FloatVector error = FloatVector.broadcast(FLOAT, errors[e]);
      sum00 = x0.fma(error, sum00);
      error = FloatVector.broadcast(FLOAT, errors[e + 1]);
      sum10 = x0.fma(error, sum10);
    }
    int out = k * inputs + i;
    sum00.intoArray(product, out);
    sum10.intoArray(product, out + inputs);
  }

  private static void oneTimesFour(
      float[] errors,
      float[] input,
      int rows,
      int outputs,
      int inputs,
      int k,
      int i,
      float[] product) {
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum02 = FloatVector.zero(FLOAT);
    FloatVector sum03 = FloatVector.zero(FLOAT);
    for (int row = 0, e = k, in = i; row < rows; row++, e += outputs, in += inputs) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, in);
      FloatVector x1 = FloatVector.fromArray(FLOAT, input, in + LANES);
      FloatVector x2 = FloatVector.fromArray(FLOAT, input, in + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(FLOAT, input, in + 3 * LANES);
      FloatVector error = FloatVector.broadcast(FLOAT, errors[e]);
      sum00 = x0.fma(error, sum00);
      sum01 = x1.fma(error, sum01);
      sum02 = x2.fma(error, sum02);
      sum03 = x3.fma(error, sum03);
    }
    int out = k * inputs + i;
    sum00.intoArray(product, out);
    sum01.intoArray(product, out + LANES);
    sum02.intoArray(product, out + 2 * LANES);
    sum03.intoArray(product, out + 3 * LANES);
  }

  private static void oneTimesOne(
      float[] errors,
      float[] input,
      int rows,
      int outputs,
      int inputs,
      int k,
      int i,
      float[] product) {
    FloatVector sum00 = FloatVector.zero(FLOAT);
    for (int row = 0, e = k, in = i; row < rows; row++, e += outputs, in += inputs) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, input, in);
      FloatVector error = FloatVector.broadcast(FLOAT, errors[e]);
      sum00 = x0.fma(error, sum00);
    }
    int out = k * inputs + i;
    sum00.intoArray(product, out);
  }

  /** Fewer features than a vector has lanes: plain loops. */
  private static void few(
      float[] errors, float[] input, int rows, int outputs, int inputs, float[] product) {
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < inputs; i++) {
        float sum = 0;
        for (int row = 0; row < rows; row++) {
          sum = Math.fma(errors[row * outputs + k], input[row * inputs + i], sum);
        }
        product[k * inputs + i] = sum;
      }
    }
  }
}
