package io.logitflow.classifier;

/** A function of each element. */
record FoldedActivation(Activation activation, int outputs) implements FoldedStep {

  @Override
  public double[] apply(double[] input) {
    double[] output = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      output[i] = activation.of(input[i]);
    }
    return output;
  }
}
