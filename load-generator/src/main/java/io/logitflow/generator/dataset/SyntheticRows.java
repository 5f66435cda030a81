package io.logitflow.generator.dataset;

import io.logitflow.generator.random.Purpose;
import io.logitflow.generator.random.SeededRandom;
import java.util.Objects;

/**
 * Rows made on demand: independent features, uniform with mean 0 and variance 1, and a label drawn
 * from the model's true probabilities. If the model says that most features are 0, rows are sparse:
 * one of each run of neighbours is there. A row depends only on the seed and its index, so rows
 * need no memory and can be read in any order.
 */
final class SyntheticRows implements Rows {
  /** Half the width of a uniform distribution with variance 1. */
  private static final double HALF_WIDTH = StrictMath.sqrt(3);

  private final SyntheticModel model;
  private final int size;
  private final long seed;

  SyntheticRows(SyntheticModel model, int size, long seed) {
    this.model = model;
    this.size = size;
    this.seed = seed;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int featureCount() {
    return model.featureCount();
  }

  @Override
  public int trueProbabilityCount() {
    return model.classCount();
  }

  @Override
  public Row newRow() {
    return model.nonZeros() < model.featureCount()
        ? Row.sparse(model.nonZeros(), model.classCount())
        : new Row(model.featureCount(), model.classCount());
  }

  @Override
  public void read(int index, Row target) {
    Objects.checkIndex(index, size);
    SeededRandom random = new SeededRandom(seed).at(Purpose.SYNTHETIC_ROW, 0, index);
    float[] features = target.features();
    int[] indices = target.indices();
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) (HALF_WIDTH * (2 * random.nextDouble() - 1));
      if (indices != null) {
        int from = firstOfRun(i);
        indices[i] = from + (int) (random.nextDouble() * (firstOfRun(i + 1) - from));
      }
    }
    double[] probabilities = target.trueProbabilities();
    model.probabilities(features, indices, probabilities);
    target.set(draw(probabilities, random.nextDouble()), 0, null, null);
  }

  /** The features in as many runs as there are features that are not 0. */
  private int firstOfRun(int run) {
    return (int) ((long) model.featureCount() * run / model.nonZeros());
  }

  /** The class that a uniform number in [0, 1) falls on. */
  private static int draw(double[] probabilities, double uniform) {
    double below = 0;
    for (int k = 0; k < probabilities.length - 1; k++) {
      below += probabilities[k];
      if (uniform < below) {
        return k;
      }
    }
    return probabilities.length - 1;
  }
}
