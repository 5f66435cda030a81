package io.logitflow.classifier.output;

/**
 * A sample of the softmax distribution: {@code p = softmax((z + g) / temperature)} with Gumbel
 * noise {@code g = -ln(-ln u)}, so the largest probability falls on class k as often as the softmax
 * of the logits says. Jang, Gu and Poole, "Categorical Reparameterization with Gumbel-Softmax",
 * 2017.
 *
 * <p>The noise depends on the seed of the model and of the record only: a replay draws the same.
 *
 * @param temperature above 0; the smaller, the closer to a single 1
 * @param seed of the model
 */
public record GumbelSoftmax(double temperature, int seed) implements OutputFunction {

  /** Step of the sequence and mixing constants of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final int MANTISSA_BITS = 53;

  public GumbelSoftmax {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is %s, expected a number above 0".formatted(temperature));
    }
  }

  @Override
  public double[] probabilities(double[] logits, long recordSeed) {
    long state = mix(seed + STEP) ^ recordSeed;
    double[] uniform = new double[logits.length];
    for (int k = 0; k < uniform.length; k++) {
      state += STEP;
      // In the middle of one of 2^53 parts of the interval: never 0 or 1.
      uniform[k] = ((mix(state) >>> (Long.SIZE - MANTISSA_BITS)) + 0.5) / (1L << MANTISSA_BITS);
    }
    return probabilities(logits, uniform);
  }

  /** The sample for given numbers between 0 and 1, one per class. */
  double[] probabilities(double[] logits, double[] uniform) {
    double[] perturbed = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      perturbed[k] = (logits[k] - Math.log(-Math.log(uniform[k]))) / temperature;
    }
    return Softmax.of(perturbed);
  }

  @Override
  public boolean drawsLabel() {
    return true;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
