package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.config.Arguments;
import io.logitflow.config.JobOptions;
import io.logitflow.config.TrainingConfig;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.endtoend.LabelledTraffic.Arrival;
import io.logitflow.endtoend.LabelledTraffic.Run;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.job.TrainingJob;
import io.logitflow.label.RecordHash;
import io.logitflow.learning.ConfiguredTrainer;
import io.logitflow.learning.ModelTrainer;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.SingleObjects;
import io.logitflow.training.FeatureMoments;
import io.logitflow.training.LocalLoss;
import io.logitflow.training.LossOptions;
import io.logitflow.training.ModelIdentity;
import io.logitflow.training.Objective;
import io.logitflow.training.Precision;
import io.logitflow.training.Start;
import io.logitflow.training.TrainedWeights;
import io.logitflow.training.Trainer;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import io.logitflow.training.sample.HeldOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features and labels through Kafka and Flink become versions of a model. */
class TrainingITCase {

  private static final ReferenceModel DIGITS = ReferenceModel.DIGITS_LBFGS;

  @TempDir private static Path dir;
  private static LabelledTraffic traffic;
  private static int runs;

  @BeforeAll
  static void start() throws Exception {
    traffic = LabelledTraffic.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    HeldTrainer.release();
    traffic.close();
  }

  @Test
  void aBoundedRunMakesTheModelThatTheTrainerAloneMakesOfTheSameRows() throws Exception {
    String labels = traffic.labelsTopic(2, traffic.labels(DIGITS));
    Job first = train("new", labels, "--promote", "--parallelism=2");
    Decision decision = first.decision();
    assertThat(decision.getOutcome()).as(decision.toString()).isEqualTo(DecisionOutcome.APPLIED);
    assertThat(decision.getCandidateVersion()).isEqualTo(1);

    Model alone = trainedAlone();
    Model published = version("new", 1);
    assertThat(published.weightsChecksum()).isEqualTo(alone.weightsChecksum());
    assertThat(published.classNames())
        .isEqualTo(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    assertThat(published.provenance().origin()).isEqualTo("training");
    assertThat(published.provenance().details())
        .containsEntry("records.labelled", "397")
        .containsEntry("sample.rows", "397")
        .containsEntry(
            "topics",
            "features-digits-0@0..199,features-digits-1@0..198,%s-0@0..199,%s-1@0..198"
                .formatted(labels, labels));
    assertThat(decision.getEvidence().get("candidateAccuracy"))
        .isCloseTo(accuracy(alone, judging()), within(1e-12));

    EvaluationReport report =
        read("evaluations-" + first.number(), EvaluationReport.getDecoder()).get(0);
    assertThat(report.getKind()).isEqualTo("training");
    assertThat(report.getEvaluations().get(0).getMetrics().get("accuracy"))
        .isEqualTo(decision.getEvidence().get("candidateAccuracy"));
    assertThat(report.getRanges()).hasSize(4);
  }

  @Test
  void twoSubtasksThatTrainTogetherFindTheOptimumOfOne() throws Exception {
    String labels = traffic.labelsTopic(2, traffic.labels(DIGITS));
    Decision refused =
        train("together", labels, "--training-parallelism=2", "--sample-holdout=0.01").decision();
    assertThat(refused.getOutcome()).as(refused.toString()).isEqualTo(DecisionOutcome.NOT_NOW);
    assertThat(refused.getReason()).contains("held-out rows to judge by");

    Decision decision =
        train(
                "together",
                labels,
                "--training-parallelism=2",
                "--parallelism=2",
                "--checkpoint-interval=50ms")
            .decision();
    assertThat(decision.getOutcome()).as(decision.toString()).isEqualTo(DecisionOutcome.PROPOSED);
    assertThat(decision.getEvidence()).containsEntry("sampleRows", 397.0);
    Model published = version("together", 1);
    assertThat(published.provenance().details()).containsEntry("training-parallelism", "2");

    Model alone = trainedAlone();
    double optimum = objective(alone);
    assertThat(objective(published)).isCloseTo(optimum, within(1e-6 * optimum));
    assertThat(decision.getEvidence().get("candidateAccuracy"))
        .isEqualTo(accuracy(published, judging()));
  }

  @Test
  void aTrainedModelIsComparedWithTheChampionAndBecomesTheChallenger() throws Exception {
    String labels = traffic.labelsTopic(1, traffic.labels(DIGITS));
    traffic.publish(DIGITS.model().toBuilder().name("old").build());
    String[] loose = {"--publish-margin=10", "--parallelism=3", "--class-floor=0"};
    Decision decision = train("old", labels, loose).decision();
    assertThat(decision.getOutcome()).as(decision.toString()).isEqualTo(DecisionOutcome.PROPOSED);
    assertThat(decision.getEvidence().get("championAccuracy"))
        .isCloseTo(accuracy(DIGITS.model(), judging()), within(1e-12));
    assertThat(catalogue().alias("old", "challenger")).isEqualTo(OptionalLong.of(2));
    assertThat(version("old", 2).provenance().parentVersion()).isEqualTo(OptionalLong.of(1));

    // As after a failure before the next checkpoint: the version is found again.
    assertThat(train("old", labels, loose).decision().getCandidateVersion()).isEqualTo(2);
    Decision other = train("old", labels, "--publish-margin=10", "--l2=2").decision();
    assertThat(other.getOutcome()).isEqualTo(DecisionOutcome.NOT_NOW);
    assertThat(other.getReason()).contains("version 2 is the challenger");

    // Of the labels nothing can be learned that the champion does not know better.
    Decision worse = train("old", labels, "--replace-challenger", "--l2=100000").decision();
    assertThat(worse.getOutcome()).as(worse.toString()).isEqualTo(DecisionOutcome.REFUSED);
    assertThat(catalogue().versions("old")).containsOnlyKeys(1L, 2L);
  }

  @Test
  void hiddenLayersArePublishedAsAModelThatOurKernelsServe() throws Exception {
    String labels = traffic.labelsTopic(2, traffic.labels(DIGITS));
    String[] options = {
      "--hidden-layers=32,16",
      "--activation=tanh",
      "--learning-rate=0.01",
      "--batch-size=32",
      "--epochs=40"
    };
    Decision decision = train("deep", labels, with(options, "--promote")).decision();
    assertThat(decision.getOutcome()).as(decision.toString()).isEqualTo(DecisionOutcome.APPLIED);

    Model published = version("deep", 1);
    assertThat(published.architecture())
        .containsExactly(
            "linear 64 -> 32", "tanh", "linear 32 -> 16", "tanh", "linear 16 -> 10", "softmax");
    assertThat(published.provenance().details())
        .containsEntry("solver", "adam")
        .containsEntry("start", "from scratch");
    // The topic's bytes, read and scored as the scoring job does, give the figure of the decision.
    assertThat(decision.getEvidence().get("candidateAccuracy"))
        .isEqualTo(servedAccuracy(published, judging()))
        .isGreaterThan(0.8);

    // The champion is begun at, and teaches.
    Decision next =
        train("deep", labels, with(options, "--publish-margin=10", "--distil-from=champion"))
            .decision();
    assertThat(next.getOutcome()).as(next.toString()).isEqualTo(DecisionOutcome.PROPOSED);
    assertThat(next.getEvidence().get("championAccuracy"))
        .isEqualTo(decision.getEvidence().get("candidateAccuracy"));
    assertThat(version("deep", 2).provenance().details())
        .containsEntry("start", "version 1")
        .containsEntry("distil-from", "version 1")
        .containsEntry("distillation.share", "0.5");

    Decision missing = train("deep", labels, "--distil-from=9", "--replace-challenger").decision();
    assertThat(missing.getOutcome()).isEqualTo(DecisionOutcome.NOT_NOW);
    assertThat(missing.getReason())
        .isEqualTo("version 9, to distil from, is not on the models topic");
  }

  /** The stream and its checkpoints go on while it trains. */
  @Test
  void aTrainingThatIsInterruptedIsDoneAgainFromASavepointAtAnotherParallelism() throws Exception {
    String model = "stream";
    traffic.publish(DIGITS.model().toBuilder().name(model).build());
    String features = "features-of-stream";
    traffic.broker().createTopic(features, 2, Map.of());
    Rows rows = traffic.rows(DIGITS.dataset());
    for (int i = 0; i < rows.size(); i++) {
      send(features, i % 2, Integer.toString(i), LabelledTraffic.TIME + 10L * i, rows.features(i));
    }
    String labels = traffic.labelsTopic(2, traffic.labels(DIGITS));
    String[] options = {
      "--features-topic=" + features,
      "--publish-margin=10",
      "--train-interval=0",
      "--train-labels=300",
      "--train-cool-down=2 min",
      "--replace-challenger",
      "--state-backend=rocksdb"
    };
    // Every partition gets records here, and none is to be passed over while it is read.
    Job job =
        start(model, labels, true, "", with(options, "--parallelism=2", "--idle-timeout=1 min"));
    String savepoint;
    try (Run run = job.run()) {
      pass(features, labels, Duration.ofMinutes(10));
      HeldTrainer.awaitBegin();
      savepoint = savepoint(run);
      assertThat(job.decisions()).isEmpty();
    }
    HeldTrainer.release();
    Job again = restart(job, savepoint, with(options, "--parallelism=3", "--idle-timeout=1 s"));
    try (Run run = again.run()) {
      Await.until("the training", () -> again.decisions().size() == 1);
      alarm(again, model, Duration.ofMinutes(15));
      pass(features, labels, Duration.ofMinutes(20));
      Await.until("another training", () -> again.decisions().size() == 2);
      assertThat(run.job().getJobStatus().get().isGloballyTerminalState()).isFalse();
      savepoint = savepoint(run);
    }
    // What one subtask has answered is not done again by two.
    Job together =
        restart(job, savepoint, with(options, "--training-parallelism=2", "--idle-timeout=1 s"));
    try (Run run = together.run()) {
      alarm(together, model, Duration.ofMinutes(25));
      pass(features, labels, Duration.ofMinutes(30));
      Await.until("a training of two subtasks", () -> together.decisions().size() == 3);
      assertThat(run.job().getJobStatus().get().isGloballyTerminalState()).isFalse();
    }
    assertThat(together.decisions())
        .extracting(
            decision -> decision.getDetails().get("trigger"),
            Decision::getOutcome,
            Decision::getCandidateVersion,
            decision -> decision.getEvidence().get("labels"))
        .containsExactly(
            tuple("397 new labels", DecisionOutcome.PROPOSED, 2L, 397.0),
            tuple("drift alarm", DecisionOutcome.PROPOSED, 3L, 399.0),
            tuple("drift alarm", DecisionOutcome.PROPOSED, 4L, 401.0));
  }

  private static String savepoint(Run run) throws Exception {
    return run.job()
        .triggerSavepoint(
            dir.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  /** A run of the training job, and the number that ends the names of its topics. */
  private record Job(Run run, int number, String model, String labels) {

    List<Decision> decisions() {
      return read("decisions-" + number, Decision.getDecoder()).stream()
          .filter(decision -> decision.getKind() == DecisionKind.RETRAINING)
          .toList();
    }

    Decision decision() {
      List<Decision> decisions = decisions();
      assertThat(decisions).hasSize(1);
      return decisions.get(0);
    }
  }

  private static Job train(String model, String labels, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--features-topic=" + traffic.features(DIGITS.dataset()));
    all.add("--bounded");
    Job job = start(model, labels, false, "", all.toArray(String[]::new));
    var unused = job.run().job().getJobExecutionResult().get();
    return job;
  }

  private static Job start(
      String model, String labels, boolean held, String savepoint, String... options)
      throws Exception {
    int number = ++runs;
    traffic.broker().createTopic("decisions-" + number, 1, Map.of());
    traffic.broker().createTopic("evaluations-" + number, 1, Map.of());
    return start(number, model, labels, held, savepoint, options);
  }

  private static Job restart(Job stopped, String savepoint, String... options) throws Exception {
    return start(stopped.number(), stopped.model(), stopped.labels(), false, savepoint, options);
  }

  private static Job start(
      int number, String model, String labels, boolean held, String savepoint, String... options)
      throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers=" + traffic.broker().bootstrapServers(),
                "--model=" + model,
                "--labels-topic=" + labels,
                "--decisions-topic=decisions-" + number,
                "--evaluations-topic=evaluations-" + number,
                "--from=earliest",
                "--maturity=2 min",
                "--train-min-rows=100"));
    args.addAll(List.of(options));
    TrainingConfig config =
        TrainingJob.configure(Arguments.parse(JobOptions.TRAINING, args.toArray(String[]::new)));
    Configuration configuration = new Configuration();
    if (!savepoint.isEmpty()) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = traffic.cluster().environment(configuration);
    ModelTrainer.Factory trainers = ConfiguredTrainer.of(config.trainer());
    TrainingJob.wire(env, config, held ? HeldTrainer.of(trainers) : trainers);
    return new Job(
        new Run(env.executeAsync(TrainingJob.name(config)), number), number, model, labels);
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Lets event time go on: a record and a label of it in each partition. */
  private static void pass(String features, String labels, Duration time) throws Exception {
    long later = LabelledTraffic.TIME + time.toMillis();
    List<Arrival> arrivals = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      String id = "later-%d-%s".formatted(partition, time);
      send(features, partition, id, later, new float[64]);
      arrivals.add(new Arrival(id, later, 0));
    }
    traffic.sendLabels(labels, 2, arrivals);
  }

  private static void send(String topic, int partition, String id, long time, float[] values) {
    traffic.topics().send(topic, partition, null, LabelledTraffic.feature(id, time, null, values));
  }

  private static void alarm(Job job, String model, Duration time) {
    Decision decision =
        Decision.newBuilder()
            .setDecidedAt(Instant.now())
            .setEventTime(Instant.ofEpochMilli(LabelledTraffic.TIME).plus(time))
            .setJob("feedback")
            .setModel(model)
            .setKind(DecisionKind.DRIFT_ALARM)
            .setOutcome(DecisionOutcome.APPLIED)
            .setModelVersion(1)
            .build();
    traffic
        .topics()
        .send(
            "decisions-" + job.number(),
            model,
            SingleObjects.encode(Decision.getEncoder(), decision));
    traffic.topics().flush();
  }

  private static <T> List<T> read(String topic, MessageDecoder<T> decoder) {
    return traffic
        .topics()
        .readAll(
            topic,
            record -> {
              try {
                return SingleObjects.decode(decoder, record.value());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static ModelCatalogue catalogue() throws Exception {
    try (ModelTopic topic =
        new ModelTopic(traffic.broker().bootstrapServers(), Topics.MODELS, Map.of())) {
      return topic.read();
    }
  }

  private static Model version(String model, long version) throws Exception {
    return catalogue().requireVersion(model, version);
  }

  /** Indices of the rows that the job does not hold out, or of those that judge. */
  private static List<Integer> indices(boolean heldOut) throws Exception {
    HeldOut holds = new HeldOut(0.2);
    return IntStream.range(0, DIGITS.rows())
        .boxed()
        .filter(i -> holds.holds(RecordHash.of(Integer.toString(i))) == heldOut)
        .toList();
  }

  private static List<Integer> judging() throws Exception {
    List<Integer> held = indices(true);
    return held.subList(held.size() / 2, held.size());
  }

  /**
   * The trainer with the defaults of the job, on the training rows in the order of their hashes.
   */
  private static Model trainedAlone() throws Exception {
    try (Workers workers = new Workers(1)) {
      TrainedWeights weights =
          new Trainer(TrainerOptions.DEFAULTS.withStandardise(true), workers)
              .train(trainingRows(), Optional.empty());
      return weights.toModel(
          new ModelIdentity(
              "alone",
              1,
              Instant.EPOCH,
              IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
              List.of(),
              OptionalLong.empty(),
              "",
              "",
              Map.of()),
          List.of());
    }
  }

  /** What training minimises, with l2 = 1, in float64. */
  private static double objective(Model model) throws Exception {
    TrainingRows rows = trainingRows();
    Normaliser normaliser = FeatureMoments.of(rows).toNormaliser();
    double[] point = new Start.Warm(model).point(rows.shape(), Optional.of(normaliser));
    try (Workers workers = new Workers(1)) {
      LocalLoss loss =
          new LocalLoss(
              rows.standardised(normaliser), LossOptions.PLAIN, Precision.FLOAT64, workers);
      return new Objective(loss, 1).evaluate(point, new double[point.length]);
    }
  }

  private static TrainingRows trainingRows() throws Exception {
    Rows rows = traffic.rows(DIGITS.dataset());
    Map<String, Integer> labels = new HashMap<>();
    traffic.labels(DIGITS).forEach(label -> labels.put(label.recordId(), label.label()));
    List<Integer> order = new ArrayList<>(indices(false));
    order.sort(
        Comparator.comparing(i -> RecordHash.of(Integer.toString(i)), Long::compareUnsigned));
    TrainingRows.Builder training = TrainingRows.builder(64, 10);
    for (int i : order) {
      training.add(rows.features(i), labels.get(Integer.toString(i)));
    }
    return training.build();
  }

  private static double servedAccuracy(Model model, List<Integer> indices) throws Exception {
    Rows rows = traffic.rows(DIGITS.dataset());
    Map<String, Integer> labels = new HashMap<>();
    traffic.labels(DIGITS).forEach(label -> labels.put(label.recordId(), label.label()));
    int right = 0;
    try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
      Scores scores = new Scores(1, 10);
      for (int i : indices) {
        classifier.classify(FeatureBatch.of(rows.features(i), 1), scores);
        right += scores.labels()[0] == labels.get(Integer.toString(i)) ? 1 : 0;
      }
    }
    return (double) right / indices.size();
  }

  /** By plain arithmetic. */
  private static double accuracy(Model model, List<Integer> indices) throws Exception {
    LinearView view = LinearView.of(model);
    Rows rows = traffic.rows(DIGITS.dataset());
    Map<String, Integer> labels = new HashMap<>();
    traffic.labels(DIGITS).forEach(label -> labels.put(label.recordId(), label.label()));
    int right = 0;
    for (int i : indices) {
      float[] features = rows.features(i);
      int best = 0;
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < 10; k++) {
        double logit = view.bias(k);
        double[] weights = view.weights(k);
        for (int f = 0; f < features.length; f++) {
          logit += weights[f] * features[f];
        }
        if (logit > largest) {
          largest = logit;
          best = k;
        }
      }
      right += best == labels.get(Integer.toString(i)) ? 1 : 0;
    }
    return (double) right / indices.size();
  }
}
