package io.logitflow.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes the rows of the self-test and runs it. */
final class GoldenRows {

  /** Enough to notice swapped or damaged weights, at little more than the size of the weights. */
  private static final int GENERATED = 4;

  /** Generated rows of more features would outweigh the weights of a sparse model. */
  private static final int WIDEST_KEPT = 1 << 16;

  /** So many features are not 0 in generated rows that are not kept. */
  private static final int NON_ZEROS = 64;

  /**
   * Largest logit, in temperatures and before biases, of a generated row: no class is certain, so
   * each counts.
   */
  private static final double LARGEST_LOGIT = 8;

  private static final int MAX_HALVINGS = 40;
  private static final long SEED = 0x6c6f676974L;

  private GoldenRows() {}

  /**
   * The rows that a model is published with: some generated ones, unless they are too wide, and the
   * given ones, with the probabilities of the float64 reference.
   */
  static List<GoldenRow> make(Model model, List<float[]> sampleRows) throws InvalidModelException {
    for (int i = 0; i < sampleRows.size(); i++) {
      ModelChecks.count("sample row " + i, sampleRows.get(i).length, model.featureCount());
    }
    List<GoldenRow> rows = new ArrayList<>();
    if (model.featureCount() <= WIDEST_KEPT) {
      rows.addAll(generate(model));
    }
    if (!sampleRows.isEmpty()) {
      Float64Reference reference = new Float64Reference(model);
      for (float[] features : sampleRows) {
        rows.add(new GoldenRow(features, reference.probabilities(features)));
      }
    }
    return rows;
  }

  /**
   * Some rows for the self-test of a model. Those of many features have few that are not 0, as the
   * records of such models do.
   */
  static List<GoldenRow> generate(Model model) {
    Float64Reference reference = new Float64Reference(model);
    SplittableRandom random = new SplittableRandom(SEED);
    List<GoldenRow> rows = new ArrayList<>();
    for (int i = 0; i < GENERATED; i++) {
      float[] features = generate(model, reference, random);
      rows.add(new GoldenRow(features, reference.probabilities(features)));
    }
    return rows;
  }

  /**
   * The same inputs with the probabilities of another calibration of the same weights. None for an
   * artifact: what it yields is not known here.
   */
  static List<GoldenRow> recompute(Model model, List<GoldenRow> rows) {
    if (model.artifact().isPresent()) {
      return List.of();
    }
    Float64Reference reference = new Float64Reference(model);
    return rows.stream()
        .map(row -> new GoldenRow(row.features(), reference.probabilities(row.features())))
        .toList();
  }

  /**
   * Features around the mean, or few of many around 0, drawn together until no class is certain.
   */
  private static float[] generate(
      Model model, Float64Reference reference, SplittableRandom random) {
    int count = model.featureCount();
    boolean wide = count > WIDEST_KEPT;
    double[] centre = new double[count];
    double[] deviation = new double[count];
    if (wide) {
      for (int i = 0; i < NON_ZEROS; i++) {
        deviation[random.nextInt(count)] = 2 * random.nextDouble() - 1;
      }
    } else {
      centre = model.normaliser().map(n -> n.mean().toDoubles()).orElse(centre);
      Arrays.setAll(deviation, i -> 2 * random.nextDouble() - 1);
    }
    if (model.normaliser().isPresent()) {
      double[] scale = model.normaliser().get().scale().toDoubles();
      for (int i = 0; i < count; i++) {
        deviation[i] *= scale[i];
      }
    }
    double limit = LARGEST_LOGIT * model.calibration().temperature();
    float[] features = new float[count];
    double shrink = 1;
    for (int halving = 0; halving < MAX_HALVINGS; halving++) {
      for (int i = 0; i < count; i++) {
        features[i] = (float) (centre[i] + shrink * deviation[i]);
      }
      if (largest(reference.logits(features)) <= limit) {
        break;
      }
      shrink /= 2;
    }
    return features;
  }

  private static double largest(double[] logits) {
    double largest = 0;
    for (double logit : logits) {
      largest = Math.max(largest, Math.abs(logit));
    }
    return largest;
  }

  /** What the first row that breaks the numerics contract got; empty if all of them hold it. */
  static Optional<String> firstFailure(Classifier classifier, List<GoldenRow> rows) {
    Scores scores = new Scores(1, classifier.classCount());
    for (int row = 0; row < rows.size(); row++) {
      classifier.classify(FeatureBatch.of(rows.get(row).features(), 1), scores);
      double[] expected = rows.get(row).probabilities();
      for (int k = 0; k < expected.length; k++) {
        float probability = scores.probabilities()[k];
        if (!NumericsContract.holds(probability, expected[k])) {
          return Optional.of(
              "golden row %d gives probability %s for class %d, expected %s"
                  .formatted(row, probability, k, expected[k]));
        }
      }
    }
    return Optional.empty();
  }
}
