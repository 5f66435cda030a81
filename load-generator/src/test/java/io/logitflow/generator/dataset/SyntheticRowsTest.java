package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyntheticRowsTest {

  @Test
  void trueProbabilitiesAreTheSoftmaxOfTheModel() {
    SyntheticModel model = DatasetCatalogue.syntheticModel(7, 3, 5);
    Rows rows = DatasetCatalogue.synthetic(model, 100, 5).rows(Split.ALL);
    float[] weights = model.weights();
    Row row = rows.newRow();
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      double[] exponentials = new double[3];
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        double logit = model.biases()[k];
        for (int d = 0; d < 7; d++) {
          logit += (double) weights[k * 7 + d] * row.features()[d];
        }
        exponentials[k] = Math.exp(logit);
        sum += exponentials[k];
      }
      for (int k = 0; k < 3; k++) {
        assertThat(row.trueProbabilities()[k]).isCloseTo(exponentials[k] / sum, within(1e-12));
      }
    }
  }

  @Test
  void sparseRowsHaveAscendingFeaturesAndTheProbabilitiesOfTheWholeRow() {
    SyntheticModel model = DatasetCatalogue.sparseSyntheticModel(1_000, 7, 3, 5);
    Rows rows = DatasetCatalogue.synthetic(model, 2_000, 5).rows(Split.ALL);
    float[] weights = model.weights();
    Row row = rows.newRow();
    BitSet seen = new BitSet();
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      assertThat(row.features()).hasSize(7);
      assertThat(row.indices()).hasSize(7).isSorted().doesNotHaveDuplicates();
      double[] exponentials = new double[3];
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        double logit = model.biases()[k];
        for (int n = 0; n < 7; n++) {
          logit += (double) weights[k * 1_000 + row.indices()[n]] * row.features()[n];
        }
        exponentials[k] = Math.exp(logit);
        sum += exponentials[k];
      }
      for (int k = 0; k < 3; k++) {
        assertThat(row.trueProbabilities()[k]).isCloseTo(exponentials[k] / sum, within(1e-12));
      }
      for (int index : row.indices()) {
        seen.set(index);
      }
    }
    assertThat(seen.length()).as("largest index").isEqualTo(1_000);
    assertThat(seen.cardinality()).as("14,000 draws of 1,000 features").isGreaterThan(990);
  }

  /** Pearson's chi-square of the labels against the probabilities they were drawn from. */
  @ParameterizedTest
  @CsvSource({"4,2,1", "32,10,2", "3,5,3"})
  void labelsAreAsFrequentAsTheirTrueProbabilitiesSay(int features, int classes, long seed) {
    int size = 50_000;
    Rows rows =
        DatasetCatalogue.synthetic(
                DatasetCatalogue.syntheticModel(features, classes, seed), size, seed)
            .rows(Split.ALL);
    // In ten bins of the probability of a class: how many labels should be it, and how many are.
    double[] expected = new double[10];
    double[] variance = new double[10];
    double[] observed = new double[10];
    Row row = rows.newRow();
    for (int i = 0; i < size; i++) {
      rows.read(i, row);
      for (int k = 0; k < classes; k++) {
        double probability = row.trueProbabilities()[k];
        int bin = Math.min(9, (int) (probability * 10));
        expected[bin] += probability;
        variance[bin] += probability * (1 - probability);
        observed[bin] += row.label() == k ? 1 : 0;
      }
    }
    for (int bin = 0; bin < 10; bin++) {
      // Classes of one row exclude each other, so the variance is at most twice this; 5 deviations.
      double allowed = 5 * Math.sqrt(2 * variance[bin]);
      assertThat(observed[bin]).as("bin %d", bin).isCloseTo(expected[bin], within(allowed + 1e-9));
    }
  }

  @Test
  void classFrequenciesPassAChiSquareTest() {
    int size = 50_000;
    Rows rows =
        DatasetCatalogue.synthetic(DatasetCatalogue.syntheticModel(16, 10, 9), size, 9)
            .rows(Split.ALL);
    double[] expected = new double[10];
    int[] observed = new int[10];
    Row row = rows.newRow();
    for (int i = 0; i < size; i++) {
      rows.read(i, row);
      observed[row.label()]++;
      for (int k = 0; k < 10; k++) {
        expected[k] += row.trueProbabilities()[k];
      }
    }
    double chiSquare = 0;
    for (int k = 0; k < 10; k++) {
      chiSquare += Math.pow(observed[k] - expected[k], 2) / expected[k];
    }
    // Conservative: given the rows, the counts vary less than multinomial ones. 9 degrees of
    // freedom exceed 44 once in a million.
    assertThat(chiSquare).isLessThan(44);
  }

  @Test
  void featuresHaveMeanZeroAndVarianceOne() {
    Rows rows =
        DatasetCatalogue.synthetic(DatasetCatalogue.syntheticModel(4, 2, 0), 50_000, 0)
            .rows(Split.ALL);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (float feature : rows.features(i)) {
        sum += feature;
        squares += (double) feature * feature;
      }
    }
    assertThat(sum / 200_000).isCloseTo(0, within(0.012));
    assertThat(squares / 200_000).isCloseTo(1, within(0.011));
  }

  @Test
  void sameSeedGivesTheSameRowsInAnyOrderOfReading() {
    Rows first = rows(3);
    Rows second = rows(3);
    float[] last = second.features(99);
    assertThat(second.features(0)).isEqualTo(first.features(0));
    assertThat(first.features(99)).isEqualTo(last);
    assertThat(rows(4).features(0)).isNotEqualTo(first.features(0));
  }

  private static Rows rows(long seed) {
    return DatasetCatalogue.synthetic(DatasetCatalogue.syntheticModel(8, 3, seed), 100, seed)
        .rows(Split.ALL);
  }

  @ParameterizedTest
  @CsvSource({"0,2", "1,1", "1000000,1000"})
  void impossibleModelIsRefused(int features, int classes) {
    assertThatThrownBy(() -> DatasetCatalogue.syntheticModel(features, classes, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(features + " features and " + classes + " classes");
  }
}
