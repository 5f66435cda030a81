package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Expected numbers: numpy over the file. */
final class DigitsTest {

  @Test
  void splitsHaveTheClassesOfTheFile() throws Exception {
    Dataset digits = DatasetCatalogue.open("digits");
    assertThat(classCounts(digits.rows(Split.TRAIN)))
        .containsExactly(119, 121, 117, 121, 120, 123, 120, 118, 119, 122);
    assertThat(classCounts(digits.rows(Split.VALIDATION)))
        .containsExactly(20, 22, 20, 23, 20, 18, 22, 22, 16, 17);
    assertThat(classCounts(digits.rows(Split.TEST)))
        .containsExactly(39, 39, 40, 39, 41, 41, 39, 39, 39, 41);
    assertThat(digits.classNames())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void featuresArePixelsOverSixteen() throws Exception {
    Dataset digits = DatasetCatalogue.open("digits");
    Rows rows = digits.rows(Split.ALL);
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (float feature : rows.features(i)) {
        sum += feature;
      }
    }
    assertThat(sum * 16).isEqualTo(561_718);
    assertThat(digits.featureNames()).hasSize(64).startsWith("pixel_0_0").endsWith("pixel_7_7");
  }

  private static int[] classCounts(Rows rows) {
    int[] counts = new int[10];
    for (int i = 0; i < rows.size(); i++) {
      counts[rows.label(i)]++;
    }
    return counts;
  }
}
