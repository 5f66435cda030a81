package io.logitflow.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What others computed of a {@link ReferenceModel} on the test split of its data set. */
record ReferenceMetrics(JsonNode json) {

  static ReferenceMetrics of(ReferenceModel model) {
    try (InputStream in =
        ReferenceMetrics.class.getResourceAsStream(model.name() + "-metrics.json")) {
      return new ReferenceMetrics(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A metric of the whole split. */
  double metric(String name) {
    return json.get("test").get(name).asDouble();
  }

  long count(String name) {
    return json.get("test").get(name).asLong();
  }

  /** Rows in each of the 15 bins of the confidence. */
  long[] binCounts() {
    JsonNode bins = json.get("test").get("reliability_bins");
    long[] counts = new long[bins.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = bins.get(i).get("count").asLong();
    }
    return counts;
  }

  double[] classwiseErrors() {
    JsonNode errors = json.get("test").get("classwise_ece15_per_class");
    double[] values = new double[errors.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = errors.get(i).asDouble();
    }
    return values;
  }

  /** Counts by true class (rows) and predicted class. */
  long[][] confusion() {
    JsonNode rows = json.get("test").get("confusion_rows_true_cols_pred");
    long[][] counts = new long[rows.size()][rows.size()];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] = rows.get(i).get(j).asLong();
      }
    }
    return counts;
  }

  /** Each 2,500 rows in the order of time; empty for data sets without one. */
  JsonNode overTime() {
    return json.withArray("test_by_2500_rows");
  }
}
