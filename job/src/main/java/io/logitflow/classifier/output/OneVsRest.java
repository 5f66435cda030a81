package io.logitflow.classifier.output;

/**
 * One logistic function per class, normalised: {@code p_k = sigmoid(s_k) / sum_j sigmoid(s_j)}, as
 * scikit-learn makes of one binary classifier per class. The logit of a class is {@code ln
 * sigmoid(s_k)}: their softmax is that very quotient, and does not divide by zero when every class
 * is unlikely.
 */
public record OneVsRest() implements OutputFunction {

  @Override
  public double[] logits(double[] scores) {
    double[] logits = new double[scores.length];
    for (int k = 0; k < scores.length; k++) {
      logits[k] = LogSigmoid.of(scores[k]);
    }
    return logits;
  }

  @Override
  public double[] probabilities(double[] logits, long seed) {
    return Softmax.of(logits);
  }
}
