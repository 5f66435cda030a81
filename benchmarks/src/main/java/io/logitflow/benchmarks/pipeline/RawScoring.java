package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.config.ScoringConfig;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;
import io.logitflow.connector.wire.PredictionEncoder;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.schema.ModelRole;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Decodes what a poll returned into micro-batches of the size of the scoring job's, scores them
 * with its kernels and encodes with its encoder. What is missing is what Flink is there for:
 * checkpoints, watermarks, swaps of models, dead letters.
 */
final class RawScoring implements RawLoop.Step {

  private final FeatureDecoder decoder;
  private final Classifier classifier;
  private final PredictionEncoder encoder;
  private final int classes;
  private final FeatureArena features;
  private final Scores scores;
  private final FeatureRow[] rows;
  private final long[] timestamps;
  private int size;

  /** Loads the model. */
  RawScoring(Model model, ScoringConfig config) throws InvalidModelException {
    WireFormats formats = new WireFormats(config.registry());
    int capacity = config.microBatch().maxSize();
    this.decoder = formats.decoder(config.features()).get();
    this.classifier = Classifiers.load(model, config.kernel());
    this.encoder =
        new PredictionEncoder(
            formats.predictionHeader(config.predictionFormat(), config.topics().predictions()),
            new PredictionEncoder.ModelFields(
                model.name(),
                model.version(),
                ModelRole.CHAMPION,
                model.calibrationVersion(),
                model.weightsChecksum()),
            model.classNames(),
            model.outputFunction().labelThreshold());
    this.classes = model.classCount();
    this.features = new FeatureArena(capacity, model.featureCount(), FeatureArena.Form.DENSE);
    this.scores = new Scores(capacity, classes);
    this.rows = new FeatureRow[capacity];
    this.timestamps = new long[capacity];
    for (int row = 0; row < capacity; row++) {
      rows[row] = new FeatureRow(features, row);
    }
  }

  @Override
  public void polled(ConsumerRecords<byte[], byte[]> records, RawLoop.Output output)
      throws BadRecordException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      decoder.decode(record.value(), 0, record.value().length, rows[size]);
      timestamps[size] = record.timestamp();
      size++;
      if (size == rows.length) {
        score(output);
      }
    }
    score(output);
  }

  private void score(RawLoop.Output output) {
    if (size == 0) {
      return;
    }
    classifier.classify(
        new FeatureBatch(features.values(), size, index -> rows[index].idHash()), scores);
    long now = System.currentTimeMillis();
    for (int row = 0; row < size; row++) {
      output.prediction(
          timestamps[row],
          rows[row].idBytes(),
          encoder.encode(
              rows[row],
              now,
              scores.labels()[row],
              scores.probabilities(),
              scores.logits(),
              row * classes,
              PredictionEncoder.Shadows.NONE,
              row));
    }
    size = 0;
  }
}
