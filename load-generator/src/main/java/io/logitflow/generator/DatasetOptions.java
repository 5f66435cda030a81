package io.logitflow.generator;

import io.logitflow.generator.dataset.CsvColumns;
import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.DatasetException;
import io.logitflow.generator.dataset.ModelFile;
import io.logitflow.generator.dataset.SyntheticModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which data set is sent. */
final class DatasetOptions {
  private static final String DEFAULT = "fashion-mnist";

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "fashion-mnist (default), flights, digits or synthetic.")
  private String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder with all of Fashion-MNIST as IDX files, plain or .gz, for the splits train and"
              + " validation. Only the test images are shipped.")
  private Path dataDir;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Send this CSV file instead (with a header; plain or .gz).")
  private Path csv;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "CSV: column of the class, by name or index.")
  private String labelColumn;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description = "CSV: column of unique ids. Default: made up from file, pass and row.")
  private String idColumn;

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      description = "CSV: column of times (ISO 8601, or ms since 1970), for --event-time data.")
  private String timeColumn;

  @Option(
      names = "--segment-column",
      paramLabel = "NAME",
      description = "CSV and flights: column of the segment, such as origin.")
  private String segmentColumn;

  @Option(
      names = "--feature-columns",
      paramLabel = "A,B,...",
      description = "CSV: numeric columns, in the order of the model. Default: all other columns.")
  private String featureColumns;

  @Option(
      names = "--class-names",
      paramLabel = "A,B,...",
      description = "CSV: classes in the order of their indices. Default: found in the file.")
  private String classNames;

  @Option(
      names = "--synthetic-features",
      paramLabel = "D",
      description = "Synthetic: number of features. Default: 32.")
  private String syntheticFeatures;

  @Option(
      names = "--synthetic-non-zeros",
      paramLabel = "N",
      description =
          "Synthetic: sparse records, in which N features are not 0, at random places. Default: all"
              + " features.")
  private String syntheticNonZeros;

  @Option(
      names = "--synthetic-classes",
      paramLabel = "K",
      description = "Synthetic: number of classes. Default: 10.")
  private String syntheticClasses;

  @Option(
      names = "--synthetic-rows",
      paramLabel = "N",
      description = "Synthetic: rows of a pass. Default: 1000000.")
  private String syntheticRows;

  @Option(
      names = "--write-model",
      paramLabel = "FILE",
      description = "Synthetic: write the true model there (safetensors), to be published.")
  private Path writeModel;

  /** Opens the data set; problems go to {@code problems}. */
  Optional<Dataset> open(long seed, OptionProblems problems) {
    try {
      if (csv != null) {
        return openCsv(problems);
      }
      String name = dataset == null ? DEFAULT : dataset;
      rejectForeignOptions(name, problems);
      if (name.equals(DatasetCatalogue.SYNTHETIC)) {
        return synthetic(seed, problems);
      }
      if (name.equals(DEFAULT) && dataDir != null) {
        return Optional.of(DatasetCatalogue.openFashionMnist(dataDir));
      }
      if (name.equals("flights") && segmentColumn != null) {
        return Optional.of(DatasetCatalogue.openFlights(segmentColumn));
      }
      if (!DatasetCatalogue.shipped().contains(name)) {
        problems.add(
            "--dataset: '"
                + name
                + "', expected "
                + String.join(", ", DatasetCatalogue.shipped())
                + " or synthetic; or --csv FILE");
        return Optional.empty();
      }
      return Optional.of(DatasetCatalogue.open(name));
    } catch (DatasetException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Dataset> openCsv(OptionProblems problems) throws DatasetException {
    if (dataset != null) {
      problems.add("--csv and --dataset: expected one of them");
    }
    if (labelColumn == null) {
      problems.add("--csv needs --label-column: the column of the class");
      return Optional.empty();
    }
    return Optional.of(
        DatasetCatalogue.openCsv(
            csv,
            new CsvColumns(
                labelColumn,
                Optional.ofNullable(idColumn),
                Optional.ofNullable(timeColumn),
                Optional.ofNullable(segmentColumn),
                list(featureColumns),
                list(classNames))));
  }

  private Optional<Dataset> synthetic(long seed, OptionProblems problems) {
    int features =
        problems.readInt("--synthetic-features", syntheticFeatures, 1, 1 << 22).orElse(32);
    int nonZeros =
        problems.readInt("--synthetic-non-zeros", syntheticNonZeros, 1, 1 << 22).orElse(features);
    int classes = problems.readInt("--synthetic-classes", syntheticClasses, 2, 1 << 20).orElse(10);
    int rows =
        problems.readInt("--synthetic-rows", syntheticRows, 1, Integer.MAX_VALUE).orElse(1_000_000);
    try {
      SyntheticModel model =
          DatasetCatalogue.sparseSyntheticModel(features, nonZeros, classes, seed);
      if (writeModel != null) {
        ModelFile.write(model, writeModel);
      }
      return Optional.of(DatasetCatalogue.synthetic(model, rows, seed));
    } catch (IllegalArgumentException e) {
      problems.add(
          "--synthetic-features, --synthetic-non-zeros and --synthetic-classes: " + e.getMessage());
    } catch (IOException e) {
      problems.add("--write-model: " + writeModel + " cannot be written: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void rejectForeignOptions(String name, OptionProblems problems) {
    if (dataDir != null && !name.equals(DEFAULT)) {
      problems.add("--data-dir is for the data set fashion-mnist, not for " + name);
    }
    if (writeModel != null && !name.equals(DatasetCatalogue.SYNTHETIC)) {
      problems.add("--write-model is for the data set synthetic, not for " + name);
    }
    if (segmentColumn != null && !name.equals("flights")) {
      problems.add("--segment-column is for --csv and flights, not for " + name);
    }
    if (labelColumn != null
        || idColumn != null
        || timeColumn != null
        || featureColumns != null
        || classNames != null) {
      problems.add(
          "--label-column, --id-column, --time-column, --feature-columns and --class-names need"
              + " --csv FILE");
    }
  }

  private static List<String> list(String text) {
    return text == null ? List.of() : Arrays.asList(text.split(",", -1));
  }
}
