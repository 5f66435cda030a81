package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.format.SafetensorsFormat;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.launcher.LogitflowCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a shipped model says of the test rows of its data set, and what they are. */
public final class ServedRows {

  private static final String MODELS = "/io/logitflow/demo/models/";

  private final Model model;
  private final List<ServedDistribution> served = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  private ServedRows(Model model) {
    this.model = model;
  }

  /**
   * Reads a shipped model, such as {@code digits} by {@code sgd}.
   *
   * @param scratch an existing directory
   */
  public static Model.Builder model(String name, String trainer, Path scratch)
      throws IOException, InvalidModelException {
    return overconfident(name, trainer, 1, scratch);
  }

  /**
   * A shipped model without a normaliser whose weights and biases, and so its logits, are so many
   * times as large.
   */
  public static Model.Builder overconfident(String name, String trainer, float factor, Path scratch)
      throws IOException, InvalidModelException {
    Path copy = scratch.resolve(name + "-" + trainer + ".safetensors");
    ByteBuffer file =
        ByteBuffer.wrap(resource(copy.getFileName().toString())).order(ByteOrder.LITTLE_ENDIAN);
    // The length of the header, the header, and then float32 to the end.
    for (int at = 8 + (int) file.getLong(0); at < file.limit(); at += Float.BYTES) {
      file.putFloat(at, factor * file.getFloat(at));
    }
    Files.write(copy, file.array());
    String classes = new String(resource(name + "-classes.txt"), StandardCharsets.UTF_8);
    return SafetensorsFormat.read(copy)
        .name(name)
        .createdAt(Instant.EPOCH)
        .classNames(classes.lines().toList());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = LogitflowCommand.class.getResourceAsStream(MODELS + name)) {
      return in.readAllBytes();
    }
  }

  /** Scores the test rows of a shipped data set. */
  public static ServedRows of(Model model, String dataset) throws Exception {
    Dataset opened = DatasetCatalogue.open(dataset);
    Rows rows = opened.rows(opened.defaultSplit());
    ServedRows result = new ServedRows(model);
    float[] features = new float[rows.size() * model.featureCount()];
    Row row = rows.newRow();
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      System.arraycopy(row.features(), 0, features, i * model.featureCount(), model.featureCount());
      result.labels.add(row.label());
    }
    Scores scores = new Scores(rows.size(), model.classCount());
    try (Classifier classifier = Classifiers.load(model, KernelChoice.SCALAR)) {
      classifier.classify(FeatureBatch.of(features, rows.size()), scores);
    }
    int classes = model.classCount();
    for (int i = 0; i < rows.size(); i++) {
      result.served.add(
          new ServedDistribution(
              scores.labels()[i],
              Arrays.copyOfRange(scores.probabilities(), i * classes, (i + 1) * classes),
              Arrays.copyOfRange(scores.logits(), i * classes, (i + 1) * classes),
              model.calibrationVersion() == 0,
              i));
    }
    return result;
  }

  public int size() {
    return labels.size();
  }

  /** The model that served. */
  public Model model() {
    return model;
  }

  /**
   * Statistics of some of the rows.
   *
   * @param from first row
   * @param to row after the last
   * @param labelled how many of them have their labels, the first ones
   * @param delayMillis of each label
   */
  public CalibrationStatistics statistics(int from, int to, int labelled, long delayMillis) {
    CalibrationStatistics statistics = new CalibrationStatistics(model.classCount());
    for (int i = from; i < to; i++) {
      statistics.addPrediction(served.get(i));
      if (i < from + labelled) {
        statistics.addOutcome(served.get(i), labels.get(i), delayMillis);
      }
    }
    return statistics;
  }

  /** Statistics of some of the rows, all of them labelled. */
  public CalibrationStatistics statistics(int from, int to) {
    return statistics(from, to, to - from, 1500);
  }
}
