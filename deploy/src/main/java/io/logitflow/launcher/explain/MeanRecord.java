package io.logitflow.launcher.explain;

import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.generator.dataset.DatasetCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The record that others are compared with.
 *
 * @param origin in words, for the user
 * @param values shape {@code [features]}
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
record MeanRecord(String origin, double[] values) {

  /**
   * The mean of what a user names, or else that of the model's normaliser, or else 0.
   *
   * @param given a CSV file, whose rows are averaged, or the name of a data set that is shipped
   */
  static MeanRecord of(Optional<String> given, Model model, LinearView view) throws IOException {
    if (given.isPresent()) {
      String source = given.get();
      return DatasetCatalogue.shipped().contains(source)
          ? new MeanRecord(
              "mean of data set " + source, new DatasetRows(source, view.featureCount()).mean())
          : new MeanRecord(
              "mean of " + source,
              new CsvRows(Path.of(source), view.featureCount(), model.featureNames()).mean());
    }
    return view.mean()
        .map(mean -> new MeanRecord("mean of the normaliser", mean))
        .orElseGet(
            () -> new MeanRecord("0; --mean names another", new double[view.featureCount()]));
  }
}
