package io.logitflow.generator.drift;

import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.drift.Drift.FeatureNoise;
import io.logitflow.generator.drift.Drift.FeatureRoll;
import io.logitflow.generator.drift.Drift.FeatureScale;
import io.logitflow.generator.drift.Drift.LabelShift;
import io.logitflow.generator.random.Purpose;
import io.logitflow.generator.random.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The drifts of a run, ready to be applied to rows. What happens to a row depends only on the seed,
 * its pass, its index and its place in the schedule. Not thread-safe.
 */
public final class DriftPlan {
  /** Rows that the deviations of the features are measured on. */
  private static final int MEASURED_ROWS = 10_000;

  private final SeededRandom random;
  private final List<FeatureNoise> noises = new ArrayList<>();
  private final List<FeatureScale> scales = new ArrayList<>();
  private final List<FeatureRoll> rolls = new ArrayList<>();
  private final List<Shift> shifts = new ArrayList<>();
  private final double[] deviations;
  private final double[] weights;

  /**
   * Prepares.
   *
   * @throws IllegalArgumentException if a label shift names an unknown class, or leaves no class
   */
  public DriftPlan(List<Drift> drifts, Dataset dataset, Rows rows, long seed) {
    this.random = new SeededRandom(seed);
    this.weights = new double[dataset.classNames().size()];
    for (Drift drift : drifts) {
      if (drift instanceof FeatureNoise noise) {
        noises.add(noise);
      } else if (drift instanceof FeatureScale scale) {
        scales.add(scale);
      } else if (drift instanceof FeatureRoll roll) {
        rolls.add(roll);
      } else if (drift instanceof LabelShift shift) {
        shifts.add(new Shift(weights(shift, dataset), shift.ramp()));
      }
    }
    this.deviations = noises.isEmpty() ? new double[0] : deviations(rows);
    setWeights(Long.MAX_VALUE, Long.MAX_VALUE);
    if (!shifts.isEmpty() && !leavesRows(rows)) {
      throw new IllegalArgumentException(
          "the label shifts leave no row of " + dataset.name() + ": every weight is 0");
    }
  }

  /**
   * Whether a row stays in the stream. Under a label shift the true probabilities of the row, if
   * known, become those of the shifted stream: in proportion to weight times probability.
   *
   * @param row may be changed
   * @param pass pass over the data, from 0
   * @param index of the row in the split
   * @param nanos place in the schedule
   * @param record number of records sent before
   */
  public boolean keeps(Row row, long pass, int index, long nanos, long record) {
    if (shifts.isEmpty()) {
      return true;
    }
    double largest = setWeights(nanos, record);
    double uniform = random.at(Purpose.LABEL_SHIFT, pass, index).nextDouble();
    if (uniform * largest >= weights[row.label()]) {
      return false;
    }
    double[] probabilities = row.trueProbabilities();
    double sum = 0;
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] *= weights[k];
      sum += probabilities[k];
    }
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] /= sum;
    }
    return true;
  }

  /** Changes the features of a row as the drifts say: first scaled, then noise, then rolled. */
  public void distort(Row row, long pass, int index, long nanos, long record) {
    float[] features = row.features();
    double factor = 1;
    for (FeatureScale scale : scales) {
      factor *= 1 + scale.ramp().intensity(nanos, record) * (scale.factor() - 1);
    }
    if (factor != 1) {
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) (features[i] * factor);
      }
    }
    double variance = 0;
    for (FeatureNoise noise : noises) {
      double deviation = noise.ramp().intensity(nanos, record) * noise.deviations();
      variance += deviation * deviation;
    }
    if (variance > 0) {
      double deviation = Math.sqrt(variance);
      random.at(Purpose.FEATURE_NOISE, pass, index);
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) (features[i] + deviation * deviations[i] * random.nextGaussian());
      }
    }
    if (!rolls.isEmpty()) {
      roll(features, random.at(Purpose.FEATURE_ROLL, pass, index).nextDouble(), nanos, record);
    }
  }

  private void roll(float[] features, double uniform, long nanos, long record) {
    long places = 0;
    for (FeatureRoll roll : rolls) {
      places += uniform < roll.ramp().intensity(nanos, record) ? roll.places() : 0;
    }
    int by = (int) Math.floorMod(places, (long) features.length);
    if (by != 0) {
      float[] before = features.clone();
      System.arraycopy(before, 0, features, by, features.length - by);
      System.arraycopy(before, features.length - by, features, 0, by);
    }
  }

  /** Multiplies the weights of all shifts; returns the largest. */
  private double setWeights(long nanos, long record) {
    Arrays.fill(weights, 1);
    for (Shift shift : shifts) {
      double intensity = shift.ramp.intensity(nanos, record);
      for (int k = 0; k < weights.length; k++) {
        weights[k] *= 1 + intensity * (shift.weights[k] - 1);
      }
    }
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, weight);
    }
    return largest;
  }

  private static double[] weights(LabelShift shift, Dataset dataset) {
    List<String> names = dataset.classNames();
    double[] weights = new double[names.size()];
    Arrays.fill(weights, 1);
    shift
        .weights()
        .forEach(
            (name, weight) -> {
              int index = names.indexOf(name);
              if (index < 0 && name.matches("[0-9]{1,6}")) {
                index = Integer.parseInt(name);
              }
              if (index < 0 || index >= weights.length) {
                throw new IllegalArgumentException(
                    "label shift of '"
                        + name
                        + "': "
                        + dataset.name()
                        + " has no such class; expected "
                        + String.join(", ", names)
                        + " or an index");
              }
              weights[index] = weight;
            });
    return weights;
  }

  /** Whether the weights, as they are now, keep any row. */
  private boolean leavesRows(Rows rows) {
    Row row = rows.newRow();
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      if (weights[row.label()] > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Population standard deviation of each feature over the first rows (Welford's method); of sparse
   * rows, of what stands in each place.
   */
  private static double[] deviations(Rows rows) {
    int count = Math.min(rows.size(), MEASURED_ROWS);
    Row row = rows.newRow();
    double[] means = new double[row.features().length];
    double[] squares = new double[means.length];
    for (int n = 1; n <= count; n++) {
      rows.read(n - 1, row);
      for (int i = 0; i < means.length; i++) {
        double difference = row.features()[i] - means[i];
        means[i] += difference / n;
        squares[i] += difference * (row.features()[i] - means[i]);
      }
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] = Math.sqrt(squares[i] / count);
    }
    return squares;
  }

  private static final class Shift {
    private final double[] weights;
    private final Ramp ramp;

    private Shift(double[] weights, Ramp ramp) {
      this.weights = weights;
      this.ramp = ramp;
    }
  }
}
