package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class FlightsTest {
  private static final int FIRST_STANDARDISED = 11;
  private static final int LAST_STANDARDISED = 14;

  private static Dataset flights;

  @BeforeAll
  static void open() throws Exception {
    flights = DatasetCatalogue.open("flights");
  }

  @Test
  void firstTestRowsHaveTheFeaturesOfTheReference() throws Exception {
    Rows train = flights.rows(Split.TRAIN);
    Rows test = flights.rows(Split.TEST);
    double[] means = new double[57];
    double[] deviations = new double[57];
    standardisation(train, means, deviations);
    Row row = test.newRow();
    try (CsvReader reference = new CsvReader(new Source.Shipped("flights-features200.csv"))) {
      assertThat(flights.featureNames()).isEqualTo(reference.header());
      int count = 0;
      while (reference.next()) {
        test.read(count, row);
        for (int i = 0; i < 57; i++) {
          double actual = (row.features()[i] - means[i]) / deviations[i];
          // The features are float32; standardising magnifies their rounding a little.
          assertThat(actual)
              .as("row %d, %s", count, flights.featureNames().get(i))
              .isCloseTo(reference.number(i), within(2e-6));
        }
        count++;
      }
      assertThat(count).isEqualTo(200);
    }
  }

  @Test
  void splitsAreThePastTheNearFutureAndTheFuture() {
    // Class counts: numpy over the label column of the file.
    assertThat(classCounts(Split.TRAIN)).containsExactly(13525, 16176, 17039, 13260);
    assertThat(classCounts(Split.VALIDATION)).containsExactly(2940, 2900, 2715, 1445);
    assertThat(classCounts(Split.TEST)).containsExactly(7034, 8708, 8102, 6156);
    assertThat(flights.rows(Split.ALL).size()).isEqualTo(100_000);
    assertThat(flights.classNames()).containsExactly("early10", "early", "ontime", "late15");
  }

  @Test
  void timesAreTheWallClockAsUtcAndNeverGoBack() {
    Rows rows = flights.rows(Split.ALL);
    assertThat(rows.hasTimes()).isTrue();
    Row row = rows.newRow();
    rows.read(0, row);
    assertThat(row.time()).isEqualTo(Instant.parse("2001-01-01T00:01:00Z").toEpochMilli());
    long before = row.time();
    int back = 0;
    for (int i = 1; i < rows.size(); i++) {
      rows.read(i, row);
      back += row.time() < before ? 1 : 0;
      before = row.time();
    }
    assertThat(back).isZero();
  }

  @Test
  void segmentIsTheColumnThatWasAskedFor() throws Exception {
    Rows rows = DatasetCatalogue.openFlights("origin").rows(Split.ALL);
    Row row = rows.newRow();
    rows.read(2, row);
    assertThat(row.segment()).isEqualTo("DFW");
    flights.rows(Split.ALL).read(2, row);
    assertThat(row.segment()).isNull();
  }

  private static int[] classCounts(Split split) {
    int[] counts = new int[4];
    Rows rows = flights.rows(split);
    for (int i = 0; i < rows.size(); i++) {
      counts[rows.label(i)]++;
    }
    return counts;
  }

  /** Mean and population standard deviation of four columns; 0 and 1 of the others. */
  private static void standardisation(Rows rows, double[] means, double[] deviations) {
    Row row = rows.newRow();
    Arrays.fill(deviations, 1);
    double[] sums = new double[57];
    double[] squares = new double[57];
    for (int n = 0; n < rows.size(); n++) {
      rows.read(n, row);
      for (int i = FIRST_STANDARDISED; i <= LAST_STANDARDISED; i++) {
        sums[i] += row.features()[i];
        squares[i] += (double) row.features()[i] * row.features()[i];
      }
    }
    for (int i = FIRST_STANDARDISED; i <= LAST_STANDARDISED; i++) {
      means[i] = sums[i] / rows.size();
      deviations[i] = Math.sqrt(squares[i] / rows.size() - means[i] * means[i]);
    }
  }
}
