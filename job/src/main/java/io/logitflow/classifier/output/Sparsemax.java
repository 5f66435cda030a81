package io.logitflow.classifier.output;

/**
 * The point of the probability simplex that is closest to the logits: {@code p_k = max(z_k - tau,
 * 0)}, exactly 0 for many classes. Martins and Astudillo, "From Softmax to Sparsemax", 2016.
 */
public record Sparsemax() implements OutputFunction {

  @Override
  public double[] probabilities(double[] logits, long seed) {
    double max = Softmax.max(logits);
    double[] sorted = Ranking.sorted(logits);
    double tau = 0;
    double sum = 0;
    for (int rank = 1; rank <= sorted.length; rank++) {
      double shifted = sorted[rank - 1] - max;
      sum += shifted;
      if (1 + rank * shifted <= sum) {
        break;
      }
      tau = (sum - 1) / rank;
    }
    double[] probabilities = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = Math.max(logits[k] - max - tau, 0);
    }
    return probabilities;
  }
}
