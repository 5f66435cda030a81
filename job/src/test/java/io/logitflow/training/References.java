package io.logitflow.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Expected values, and the rows that they are of. */
final class References {

  private References() {}

  static JsonNode read(String file) {
    try (InputStream in = References.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).doubleValue();
    }
    return values;
  }

  /** The rows of a data set, as they are. */
  static TrainingRows rows(Rows rows, int classes) {
    TrainingRows.Builder builder = TrainingRows.builder(rows.featureCount(), classes);
    Row row = rows.newRow();
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      builder.add(row.features(), row.label());
    }
    return builder.build();
  }
}
