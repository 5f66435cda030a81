package io.logitflow.endtoend;

import io.logitflow.calibration.LabelledLogits;
import io.logitflow.classifier.Model;
import io.logitflow.config.Arguments;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.connector.ModelTopic;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.job.FeedbackJob;
import io.logitflow.job.ScoringJob;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Decision;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Label;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Predictions of reference models for the test rows of their data sets, made by the scoring job,
 * and the labels of these rows; and runs of the feedback job over both.
 */
final class LabelledTraffic implements AutoCloseable {

  /** Event time of the first row; at the beginning of a window of any length that tests use. */
  static final long TIME = Math.floorDiv(System.currentTimeMillis(), 86_400_000L) * 86_400_000L;

  /** Event time between two rows. */
  private static final long STEP = 10;

  private static final long MAX_DELAY = 60_000;

  /** Closing waits for the fetch on its way, and at an end the broker keeps it. */
  private static final String CLOSE_SOON = "--consumer.fetch.max.wait.ms=50";

  private final EmbeddedBroker broker;
  private final EmbeddedCluster cluster;
  private final Topics topics;
  private final Map<String, Rows> rows = new HashMap<>();
  private final Map<String, String> predictions = new HashMap<>();
  private final Set<String> features = new HashSet<>();
  private int runs;

  private LabelledTraffic(EmbeddedBroker broker, EmbeddedCluster cluster, Topics topics) {
    this.broker = broker;
    this.cluster = cluster;
    this.topics = topics;
  }

  /** A label on its way. */
  record Arrival(String recordId, long time, int label) {}

  /** Starts broker and cluster and publishes the models. */
  static LabelledTraffic start(Path dir) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
    EmbeddedCluster cluster = EmbeddedCluster.start(1, 4, new Configuration());
    Topics topics = Topics.create(broker, 1);
    for (ReferenceModel reference : ReferenceModel.ALL) {
      topics.publish(reference.model());
      topics.alias(reference.name(), "champion", 1);
    }
    topics.flush();
    return new LabelledTraffic(broker, cluster, topics);
  }

  EmbeddedBroker broker() {
    return broker;
  }

  EmbeddedCluster cluster() {
    return cluster;
  }

  Topics topics() {
    return topics;
  }

  /**
   * The topic with the predictions of a model, scored at the first use; row i is at TIME + 10 i ms.
   */
  String predictions(ReferenceModel model) throws Exception {
    String topic = predictions.get(model.name());
    if (topic == null) {
      topic = score(model.name(), features(model.dataset()));
      predictions.put(model.name(), topic);
    }
    return topic;
  }

  /** The topic with the test rows of a data set, written at the first use. */
  String features(String dataset) throws Exception {
    String topic = "features-" + dataset;
    if (features.add(topic)) {
      broker.createTopic(topic, 2, Map.of());
      Rows testRows = rows(dataset);
      for (int i = 0; i < testRows.size(); i++) {
        topics.send(topic, i % 2, null, feature(i, testRows.features(i)));
      }
      topics.flush();
    }
    return topic;
  }

  private static byte[] feature(int row, float[] values) {
    return feature(Integer.toString(row), TIME + row * STEP, row % 3 == 0 ? "third" : null, values);
  }

  /** A feature record as it is on a topic. */
  static byte[] feature(String id, long time, String segment, float[] values) {
    List<Float> features = new ArrayList<>(values.length);
    for (float value : values) {
      features.add(value);
    }
    return SingleObjects.encode(
        FeatureRecord.getEncoder(),
        FeatureRecord.newBuilder()
            .setId(id)
            .setTime(Instant.ofEpochMilli(time))
            .setSegment(segment)
            .setFeatures(features)
            .build());
  }

  /** Scores with the models of the aliases of now; returns the new topic of the predictions. */
  String score(String model, String featuresTopic) throws Exception {
    String topic = "predictions-" + ++runs;
    broker.createTopic(topic, 2, Map.of());
    ScoringConfig config =
        ScoringJob.configure(
            Arguments.parse(
                JobOptions.SCORING,
                new String[] {
                  "--bootstrap-servers=" + broker.bootstrapServers(),
                  CLOSE_SOON,
                  "--model=" + model,
                  "--features-topic=" + featuresTopic,
                  "--predictions-topic=" + topic,
                  "--bounded",
                  "--from=earliest"
                }));
    StreamExecutionEnvironment env = cluster.environment();
    ScoringJob.wire(env, config);
    env.execute(ScoringJob.name(config));
    return topic;
  }

  /** The models topic. */
  ModelTopic models() {
    return new ModelTopic(broker.bootstrapServers(), Topics.MODELS, Map.of());
  }

  /** Publishes a model as the champion. */
  void publish(Model model) throws Exception {
    topics.publish(model);
    alias(model.name(), model.version());
  }

  /** Makes a version the champion. */
  void alias(String model, long version) throws Exception {
    topics.alias(model, "champion", version);
    topics.flush();
  }

  /** The labels of all test rows in the order in which they become known. */
  List<Arrival> labels(ReferenceModel model) throws Exception {
    Random random = new Random(model.rows());
    Rows testRows = rows(model.dataset());
    Row row = testRows.newRow();
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < testRows.size(); i++) {
      testRows.read(i, row);
      arrivals.add(
          new Arrival(
              Integer.toString(i), TIME + i * STEP + random.nextLong(1, MAX_DELAY), row.label()));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::time));
    return arrivals;
  }

  Rows rows(String dataset) throws Exception {
    Rows testRows = rows.get(dataset);
    if (testRows == null) {
      testRows = DatasetCatalogue.open(dataset).rows(Split.TEST);
      rows.put(dataset, testRows);
    }
    return testRows;
  }

  /** The logits that the scoring job served for the test rows, and the labels of these. */
  LabelledLogits rowsWithLabels(ReferenceModel model) throws Exception {
    Map<String, Integer> labels = new HashMap<>();
    labels(model).forEach(arrival -> labels.put(arrival.recordId(), arrival.label()));
    List<Prediction> served =
        read(predictions(model), Prediction.getDecoder()).stream()
            .map(Keyed::value)
            .filter(prediction -> labels.containsKey(prediction.getRecordId()))
            .toList();
    float[][] logits = new float[served.size()][];
    int[] classes = new int[served.size()];
    for (int i = 0; i < classes.length; i++) {
      List<Float> row = served.get(i).getLogits();
      logits[i] = new float[row.size()];
      for (int k = 0; k < row.size(); k++) {
        logits[i][k] = row.get(k);
      }
      classes[i] = labels.get(served.get(i).getRecordId());
    }
    return new LabelledLogits(logits, classes);
  }

  /** A new topic with labels. */
  String labelsTopic(int partitions, List<Arrival> labels) throws Exception {
    String topic = "labels-" + ++runs;
    broker.createTopic(topic, partitions, Map.of());
    sendLabels(topic, partitions, labels);
    return topic;
  }

  /** Sends labels, to one partition after the other. */
  void sendLabels(String topic, int partitions, List<Arrival> labels) {
    int next = 0;
    for (Arrival label : labels) {
      topics.send(
          topic,
          next++ % partitions,
          label.recordId(),
          SingleObjects.encode(
              Label.getEncoder(),
              Label.newBuilder()
                  .setRecordId(label.recordId())
                  .setTime(Instant.ofEpochMilli(label.time()))
                  .setLabel(label.label())
                  .build()));
    }
    topics.flush();
  }

  /** Lets event time go on: a prediction and a label in each partition. */
  void pass(String model, String predictionsTopic, String labelsTopic, Duration time)
      throws Exception {
    Instant later = Instant.ofEpochMilli(TIME).plus(time);
    for (int partition = 0; partition < 2; partition++) {
      String id = "later-" + partition;
      topics.send(
          predictionsTopic,
          partition,
          id,
          SingleObjects.encode(
              Prediction.getEncoder(),
              Prediction.newBuilder()
                  .setRecordId(id)
                  .setTime(later)
                  .setScoredAt(later)
                  .setModel(model)
                  .setModelVersion(1)
                  .setRole(ModelRole.CHAMPION)
                  .setWeightsChecksum(new Sha256(new byte[32]))
                  .setLabel(0)
                  .setLabelName("0")
                  .setConfidence(1)
                  .setProbabilities(List.of(1f))
                  .build()));
    }
    sendLabels(
        labelsTopic,
        2,
        List.of(
            new Arrival("later-0", later.toEpochMilli(), 0),
            new Arrival("later-1", later.toEpochMilli(), 0)));
  }

  /** A run of the feedback job, and the number that ends the names of its topics. */
  record Run(JobClient job, int number) implements AutoCloseable {

    /** Cancels the job if it runs, and waits until it has ended. */
    @Override
    public void close() throws Exception {
      if (!job.getJobStatus().get().isGloballyTerminalState()) {
        job.cancel().get();
        Await.until(
            "end of the cancelled job", () -> job.getJobStatus().get().isGloballyTerminalState());
      }
    }
  }

  /** A feedback job to the end of its topics. */
  Run feedback(String model, String predictions, String labels, String... options)
      throws Exception {
    List<String> bounded = new ArrayList<>(List.of(options));
    bounded.add("--bounded");
    int number = ++runs;
    broker.createTopic("calibration-" + number, 2, Map.of());
    broker.createTopic("decisions-" + number, 1, Map.of());
    Run run = start(number, new Configuration(), model, predictions, labels, bounded);
    var unused = run.job().getJobExecutionResult().get();
    return run;
  }

  Run feedback(ReferenceModel model, String labels, String... options) throws Exception {
    return feedback(model.name(), predictions(model), labels, options);
  }

  /** A feedback job that goes on until it is stopped. */
  Run startFeedback(String model, String predictions, String labels, String... options)
      throws Exception {
    int number = ++runs;
    broker.createTopic("calibration-" + number, 2, Map.of());
    broker.createTopic("decisions-" + number, 1, Map.of());
    return start(number, new Configuration(), model, predictions, labels, List.of(options));
  }

  /** A feedback job that goes on where another one was stopped. */
  Run restoreFeedback(
      Run stopped,
      String savepoint,
      String model,
      String predictions,
      String labels,
      String... options)
      throws Exception {
    return start(
        stopped.number(),
        new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint),
        model,
        predictions,
        labels,
        List.of(options));
  }

  private Run start(
      int number,
      Configuration jobConfiguration,
      String model,
      String predictionsTopic,
      String labelsTopic,
      List<String> options)
      throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers=" + broker.bootstrapServers(),
                CLOSE_SOON,
                "--model=" + model,
                "--predictions-topic=" + predictionsTopic,
                "--labels-topic=" + labelsTopic,
                "--calibration-topic=calibration-" + number,
                "--decisions-topic=decisions-" + number,
                "--from=earliest",
                "--maturity=2 min"));
    args.addAll(options);
    FeedbackConfig config =
        FeedbackJob.configure(Arguments.parse(JobOptions.FEEDBACK, args.toArray(String[]::new)));
    StreamExecutionEnvironment env = cluster.environment(jobConfiguration);
    FeedbackJob.wire(env, config);
    return new Run(env.executeAsync(FeedbackJob.name(config)), number);
  }

  /** The last record of each key on the calibration topic of a run. */
  List<CalibrationRecord> calibration(Run run) {
    Map<String, CalibrationRecord> last = new LinkedHashMap<>();
    for (Keyed<CalibrationRecord> record :
        read("calibration-" + run.number(), CalibrationRecord.getDecoder())) {
      CalibrationRecord before = last.put(record.key(), record.value());
      if (before != null && before.getRevision() > record.value().getRevision()) {
        throw new AssertionError("Revisions of " + record.key() + " are out of order");
      }
    }
    return List.copyOf(last.values());
  }

  /** The decisions of a run. */
  List<Decision> decisions(Run run) {
    return read("decisions-" + run.number(), Decision.getDecoder()).stream()
        .map(Keyed::value)
        .toList();
  }

  private record Keyed<T>(String key, T value) {}

  private <T> List<Keyed<T>> read(String topic, MessageDecoder<T> decoder) {
    try (TopicReader<Keyed<T>> reader =
        new TopicReader<>(
            broker.bootstrapServers(),
            topic,
            record -> {
              try {
                return new Keyed<>(
                    new String(record.key(), StandardCharsets.UTF_8),
                    SingleObjects.decode(decoder, record.value()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })) {
      return Collections.unmodifiableList(reader.toEnd());
    }
  }

  @Override
  public void close() throws IOException {
    topics.close();
    cluster.close();
    broker.close();
  }
}
