package io.logitflow.training;

/** Moments of the gradients so far. */
final class AdamSteps implements StepRule.Steps {

  private final StepRule.Adam rule;
  private final double[] mean;
  private final double[] square;
  private double power1 = 1;
  private double power2 = 1;

  AdamSteps(StepRule.Adam rule, int parameters) {
    this.rule = rule;
    this.mean = new double[parameters];
    this.square = new double[parameters];
  }

  @Override
  public void step(double[] gradient, double[] point) {
    power1 *= rule.beta1();
    power2 *= rule.beta2();
    for (int i = 0; i < point.length; i++) {
      double g = gradient[i];
      mean[i] = rule.beta1() * mean[i] + (1 - rule.beta1()) * g;
      square[i] = rule.beta2() * square[i] + (1 - rule.beta2()) * g * g;
      double unbiased = mean[i] / (1 - power1);
      point[i] -=
          rule.learningRate() * unbiased / (Math.sqrt(square[i] / (1 - power2)) + rule.epsilon());
    }
  }
}
