package io.logitflow.classifier.output;

/**
 * Entmax with alpha = 1.5, between softmax and sparsemax: {@code p_k = max(z_k / 2 - tau, 0)^2}.
 * The exact algorithm of Peters, Niculae and Martins, "Sparse Sequence-to-Sequence Models", 2019.
 */
public record Entmax15() implements OutputFunction {

  @Override
  public double[] probabilities(double[] logits, long seed) {
    double max = Softmax.max(logits);
    double tau = tau(Ranking.sorted(logits), max);
    double[] probabilities = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      double root = Math.max((logits[k] - max) / 2 - tau, 0);
      probabilities[k] = root * root;
    }
    return probabilities;
  }

  /** Of the supports that begin with the largest logit, the threshold of the last that holds. */
  private static double tau(double[] sorted, double max) {
    double tau = -1;
    double sum = 0;
    double sumOfSquares = 0;
    for (int rank = 1; rank <= sorted.length; rank++) {
      double half = (sorted[rank - 1] - max) / 2;
      if (half <= -1) {
        // A threshold is at least -1: neither this logit nor a smaller one is above it.
        break;
      }
      sum += half;
      sumOfSquares += half * half;
      double mean = sum / rank;
      double spread = sumOfSquares - sum * mean;
      double candidate = mean - Math.sqrt(Math.max((1 - spread) / rank, 0));
      if (candidate > half) {
        break;
      }
      tau = candidate;
    }
    return tau;
  }
}
