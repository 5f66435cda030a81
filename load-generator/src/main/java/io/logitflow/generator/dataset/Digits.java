package io.logitflow.generator.dataset;

import io.logitflow.generator.dataset.TableRows.TableRow;
import java.util.List;

/** Handwritten digits, 8 x 8 pixels / 16; the first 1,200 rows train, the next 200 validation. */
final class Digits {
  static final String NAME = "digits";

  private static final int TRAIN = 1_200;
  private static final int VALIDATION = 200;

  private Digits() {}

  static Dataset shipped() throws DatasetException {
    List<String> classes = new Source.Shipped("digits/classes.txt").lines();
    try (CsvReader csv = new CsvReader(new Source.Shipped("digits/digits.csv.gz"))) {
      int labelColumn = csv.column("label");
      List<String> featureNames = csv.header().subList(0, labelColumn);
      TableRows.Builder builder = new TableRows.Builder(featureNames.size(), false);
      while (csv.next()) {
        float[] features = new float[featureNames.size()];
        for (int i = 0; i < features.length; i++) {
          features[i] = (float) (csv.number(i) / 16);
        }
        builder.add(new TableRow(features, (int) csv.number(labelColumn), 0, null, null));
      }
      return Dataset.inFileOrder(NAME, classes, featureNames, builder.build(), TRAIN, VALIDATION);
    }
  }
}
