package io.logitflow.classifier;

/** Checks that folded weights fit float32, in which they are served. */
final class Float32Range {

  private Float32Range() {}

  static void check(FoldedStep step) throws InvalidModelException {
    if (step instanceof FoldedLinear linear) {
      checkBias(linear.bias());
      for (int i = 0; i < linear.weight().length; i++) {
        if (!fits(linear.weight()[i])) {
          throw weight(i / linear.inputs(), i % linear.inputs(), linear.weight()[i]);
        }
      }
    } else if (step instanceof FoldedSparseLinear sparse) {
      checkBias(sparse.bias());
      for (int k = 0; k < sparse.outputs(); k++) {
        for (int i = sparse.rowStarts()[k]; i < sparse.rowStarts()[k + 1]; i++) {
          if (!fits(sparse.values()[i])) {
            throw weight(k, sparse.columns()[i], sparse.values()[i]);
          }
        }
      }
    }
  }

  private static void checkBias(double[] bias) throws InvalidModelException {
    for (int k = 0; k < bias.length; k++) {
      if (!fits(bias[k])) {
        throw tooLarge("bias of output " + k, bias[k]);
      }
    }
  }

  private static boolean fits(double value) {
    return Math.abs(value) <= Float.MAX_VALUE;
  }

  private static InvalidModelException weight(int output, int input, double value) {
    return tooLarge("weight of output " + output + " and input " + input, value);
  }

  private static InvalidModelException tooLarge(String what, double value) {
    return new InvalidModelException(
        "%s is %s once normalisation and layers are folded, expected at most %s in magnitude"
            .formatted(what, value, Float.MAX_VALUE));
  }
}
