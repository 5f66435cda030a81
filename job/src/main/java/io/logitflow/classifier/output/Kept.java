package io.logitflow.classifier.output;

import java.util.Arrays;

/** The classes that a truncated softmax keeps. */
final class Kept {

  private final int[] classes;

  private Kept(int[] classes) {
    this.classes = classes;
  }

  static Kept first(int count, int[] ranking) {
    return new Kept(Arrays.copyOf(ranking, count));
  }

  /** The same distribution over what is kept, and 0 elsewhere. */
  double[] renormalise(double[] probabilities) {
    double mass = 0;
    for (int k : classes) {
      mass += probabilities[k];
    }
    double[] renormalised = new double[probabilities.length];
    for (int k : classes) {
      renormalised[k] = probabilities[k] / mass;
    }
    return renormalised;
  }
}
