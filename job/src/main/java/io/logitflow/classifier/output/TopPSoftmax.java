package io.logitflow.classifier.output;

/**
 * Softmax over the most probable classes that together reach a probability; the others get exactly
 * 0. Of equal classes those with the smaller index come first.
 *
 * @param p probability that is kept at least, above 0 and at most 1
 */
public record TopPSoftmax(double p) implements OutputFunction {

  public TopPSoftmax {
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("p is %s, expected above 0, at most 1".formatted(p));
    }
  }

  @Override
  public double[] probabilities(double[] logits, long seed) {
    double[] probabilities = Softmax.of(logits);
    int[] ranking = Ranking.descending(logits);
    double mass = 0;
    int kept = 0;
    while (kept < ranking.length && mass < p) {
      mass += probabilities[ranking[kept++]];
    }
    return Kept.first(kept, ranking).renormalise(probabilities);
  }
}
