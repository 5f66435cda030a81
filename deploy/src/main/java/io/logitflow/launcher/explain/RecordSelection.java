package io.logitflow.launcher.explain;

import io.logitflow.classifier.Model;
import io.logitflow.launcher.models.ModelsTopicOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which record to explain. */
final class RecordSelection {

  /** Checked by {@link #problem}: a group that must be there refuses {@code --help} alone. */
  @ArgGroup private Source source = new Source();

  /** One of them. */
  private static final class Source {
    @Option(
        names = "--features",
        paramLabel = "A,B,...",
        description = "The features themselves, separated by commas.")
    private String features;

    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description =
            "A row of a CSV file with a header. Columns are found by the names of the features, if"
                + " the model has them; otherwise every column is a feature.")
    private Path csv;

    @Option(
        names = "--dataset",
        paramLabel = "NAME",
        description = "A test row of a data set that is shipped: fashion-mnist, flights or digits.")
    private String dataset;

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The first record of this id on the features topic.")
    private String id;

    private boolean isMissing() {
      return features == null && csv == null && dataset == null && id == null;
    }
  }

  @Option(
      names = "--row",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "With --csv and --dataset: number of the row, from 0; default ${DEFAULT-VALUE}.")
  private long row;

  @Mixin private FeatureTopicOptions topic;

  /** Whether the record is on a topic. */
  boolean isOnTopic() {
    return source.id != null;
  }

  /** What is wrong with the options, if anything is. */
  Optional<String> problem() {
    if (source.isMissing()) {
      return Optional.of(
          "Missing the record: one of --features, --csv, --dataset and --id says which");
    }
    if (row < 0) {
      return Optional.of("--row is %d, expected 0 or more".formatted(row));
    }
    return isOnTopic() ? topic.problem() : Optional.empty();
  }

  /**
   * Finds the record.
   *
   * @param progress where a search says how far it has come
   */
  RecordToExplain find(Model model, ModelsTopicOptions broker, PrintWriter progress)
      throws IOException {
    if (source.features != null) {
      List<String> cells = Arrays.asList(source.features.split(",", -1));
      return new RecordToExplain(
          "--features", FeatureText.parse("--features", cells, model.featureCount()), List.of());
    }
    if (source.csv != null) {
      return new CsvRows(source.csv, model.featureCount(), model.featureNames()).row(row);
    }
    if (source.dataset != null) {
      return new DatasetRows(source.dataset, model.featureCount()).row(row);
    }
    return new FeatureTopicSearch(
            broker.bootstrapServers(),
            broker.prefixed(topic.topic()),
            broker.clientProperties(),
            topic.decoder(),
            model.featureCount(),
            progress)
        .find(source.id);
  }
}
