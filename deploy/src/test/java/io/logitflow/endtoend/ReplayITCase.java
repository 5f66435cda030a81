package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Model;
import io.logitflow.config.Arguments;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ReplayConfig;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.job.ReplayJob;
import io.logitflow.schema.ChampionReign;
import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Label;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.PredictionDifference;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.ShadowPrediction;
import io.logitflow.schema.SingleObjects;
import io.logitflow.schema.VersionEvaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was served is scored again, and versions are compared on what happened. */
class ReplayITCase {

  private static final int RECORDS = 100_000;
  private static final ReferenceModel FIRST = ReferenceModel.DIGITS_SGD;
  private static final ReferenceModel SECOND = ReferenceModel.DIGITS_LBFGS;

  @SuppressWarnings("TimeInStaticInitializer") // The same for all of a test.
  private static final Instant TIME = Instant.now().minusSeconds(3600);

  @TempDir private static Path dir;
  private static Platform platform;
  private static Rows rows;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start(dir);
    rows = DatasetCatalogue.open("digits").rows(Split.TEST);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  /** Versions 1 and 2, and 3: the weights of 2 with another calibration. */
  private static List<Model> models() throws Exception {
    Model second = named(SECOND, 2);
    return List.of(
        named(FIRST, 1),
        second,
        second.withCalibration(
            new Calibration(
                1, 1.4, new double[] {0.5, -0.5, 0, 0.25, 0, 0, -0.25, 0, 0.125, -0.125}),
            3,
            Instant.EPOCH,
            Map.of()));
  }

  private static Model named(ReferenceModel reference, long version) throws Exception {
    return reference.model().toBuilder().name(TestModel.NAME).version(version).build();
  }

  private static byte[] features(long record) throws Exception {
    float[] values = rows.features((int) (record % rows.size()));
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return SingleObjects.encode(
        FeatureRecord.getEncoder(),
        FeatureRecord.newBuilder()
            .setId(Long.toString(record))
            .setTime(TIME.plusMillis(record))
            .setFeatures(list)
            .build());
  }

  private static void send(Topics topics, int from, int to) throws Exception {
    for (int record = from; record < to; record++) {
      topics.send(Topics.FEATURES, null, TIME.plusMillis(record), null, features(record));
    }
    topics.flush();
  }

  /** A replay to its end; returns the report that it wrote. */
  private static EvaluationReport replay(Topics topics, String runId, String... options)
      throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers=" + platform.broker().bootstrapServers(),
                "--topic-prefix=" + topics.prefix(),
                "--model=" + TestModel.NAME,
                "--parallelism=2",
                "--run-id=" + runId));
    args.addAll(List.of(options));
    ReplayConfig config =
        ReplayJob.configure(Arguments.parse(JobOptions.REPLAY, args.toArray(String[]::new)));
    StreamExecutionEnvironment env = platform.cluster().environment();
    ReplayJob.wire(env, config);
    env.execute(ReplayJob.name(config));
    List<EvaluationReport> reports = topics.readAll("evaluations", ReplayITCase::report);
    return reports.stream().filter(r -> r.getRunId().equals(runId)).findFirst().orElseThrow();
  }

  private static EvaluationReport report(ConsumerRecord<byte[], byte[]> record) {
    try {
      return SingleObjects.decode(EvaluationReport.getDecoder(), record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A prediction with the place where it is. */
  private record Logged(int partition, long offset, byte[] bytes, Prediction prediction) {}

  @Test
  void reproducesWhatWasServedAndFindsWhatWasTamperedWith() throws Exception {
    try (Topics topics = platform.topics(2)) {
      platform.broker().createTopic(topics.prefix() + "evaluations", 1, Map.of());
      serveThreeVersions(topics);
      List<Logged> logged = topics.readAll(Topics.PREDICTIONS, ReplayITCase::logged);
      Set<String> recordIds = new TreeSet<>();
      Map<Long, Long> byVersion = new TreeMap<>();
      for (Logged prediction : logged) {
        recordIds.add(prediction.prediction().getRecordId());
        byVersion.merge(prediction.prediction().getModelVersion(), 1L, Long::sum);
      }
      assertThat(recordIds).hasSize(RECORDS);
      assertThat(byVersion).containsOnlyKeys(1L, 2L, 3L);
      List<Prediction> shadowed = Served.shadows(logged.stream().map(Logged::prediction).toList());
      long shadows = shadowed.size();
      assertThat(shadows).isPositive();

      EvaluationReport report = replay(topics, "untouched");
      assertThat(report.getDifferences()).isZero();
      assertThat(report.getFound()).isEmpty();
      assertThat(report.getCounts())
          .containsEntry("features", (long) RECORDS)
          .containsEntry("predictionsCompared", logged.size() + shadows)
          .doesNotContainKeys(
              "predictionsWithoutFeatures",
              "featuresWithoutPrediction",
              "predictionsOfUnknownVersions",
              "undecodablePredictions");
      assertThat(report.getCounts().getOrDefault("doubledPredictions", 0L))
          .isEqualTo(logged.size() - RECORDS + shadows - distinct(shadowed));
      assertThat(report.getEvaluations())
          .extracting(VersionEvaluation::getVersion)
          .containsExactly(1L, 2L, 3L);

      followTheTimeline(topics, logged);
      tamper(topics, logged, logged.size() + shadows);
    }
  }

  /** Each champion over the records that it served, every hundredth of which has a label. */
  private static void followTheTimeline(Topics topics, List<Logged> logged) throws Exception {
    platform.broker().createTopic(topics.prefix() + "labels", 1, Map.of());
    Row row = rows.newRow();
    for (int record = 0; record < RECORDS; record += 100) {
      rows.read(record % rows.size(), row);
      topics.send("labels", "", label(record, row.label()));
    }
    topics.flush();
    Map<Long, Set<String>> served = new TreeMap<>();
    Map<Long, Long> correct = new TreeMap<>();
    for (Logged each : logged) {
      Prediction prediction = each.prediction();
      int record = Integer.parseInt(prediction.getRecordId());
      long version = prediction.getModelVersion();
      boolean first =
          served.computeIfAbsent(version, v -> new TreeSet<>()).add(prediction.getRecordId());
      rows.read(record % rows.size(), row);
      if (first && record % 100 == 0 && prediction.getLabel() == row.label()) {
        correct.merge(version, 1L, Long::sum);
      }
    }

    EvaluationReport report = replay(topics, "timeline", "--mode=by-timeline", "--window=10 s");

    assertThat(report.getEvaluations()).hasSize(3);
    long labelled = 0;
    for (VersionEvaluation evaluation : report.getEvaluations()) {
      long version = evaluation.getVersion();
      assertThat(evaluation.getRecords()).isEqualTo(served.get(version).size());
      assertThat(evaluation.getStatistics().getCorrect()).isEqualTo(correct.get(version));
      labelled += evaluation.getStatistics().getLabelled();
    }
    assertThat(labelled).isEqualTo(RECORDS / 100);
    assertThat(report.getEvaluations().get(0).getFrom())
        .isBefore(report.getEvaluations().get(2).getFrom());
  }

  private static long distinct(List<Prediction> predictions) {
    return predictions.stream()
        .map(prediction -> prediction.getRecordId() + " " + prediction.getModelVersion())
        .distinct()
        .count();
  }

  private static void serveThreeVersions(Topics topics) throws Exception {
    for (Model model : models()) {
      topics.publish(model);
    }
    topics.alias(TestModel.NAME, "champion", 1);
    topics.flush();
    send(topics, 0, 30_000);
    String[] options = {"--from=earliest", "--parallelism=2", "--checkpoint-interval=300 ms"};
    try (TopicReader<Prediction> served = topics.predictionReader()) {
      String savepoint;
      try (ScoringRun job = ScoringRun.start(platform, topics, options)) {
        served.until(all -> all.size() >= 30_000);
        // In this order: a version must not be both at a time.
        topics.alias(TestModel.NAME, "champion", 2);
        topics.alias(TestModel.NAME, "challenger", 1);
        topics.flush();
        send(topics, sendUntilServed(topics, served, 30_000, 2), 65_000);
        served.until(all -> all.size() >= 65_000);
        savepoint = job.stopWithSavepoint();
      }
      try (ScoringRun job = ScoringRun.restore(platform, topics, savepoint, options)) {
        topics.alias(TestModel.NAME, "champion", 3);
        topics.flush();
        send(topics, sendUntilServed(topics, served, 65_000, 3), RECORDS);
        served.until(all -> all.size() >= RECORDS);
        job.stopWithSavepoint();
      }
    }
  }

  /** Sends records until a version has served one; returns the number of the next record. */
  private static int sendUntilServed(
      Topics topics, TopicReader<Prediction> served, int from, long version) throws Exception {
    int next = from;
    boolean serves = false;
    while (!serves) {
      send(topics, next, next + 100);
      next += 100;
      int all = next;
      List<Prediction> predictions = served.until(records -> records.size() >= all);
      serves = predictions.get(predictions.size() - 1).getModelVersion() == version;
    }
    return next;
  }

  private static Logged logged(ConsumerRecord<byte[], byte[]> record) {
    return new Logged(
        record.partition(), record.offset(), record.value(), Topics.prediction(record));
  }

  private static void tamper(Topics topics, List<Logged> logged, long predictions)
      throws Exception {
    String topic = "tampered-predictions";
    platform.broker().createTopic(topics.prefix() + topic, 2, Map.of());
    Map<String, List<String>> expected = new TreeMap<>();
    // A record that was scored again after the restart stands there twice.
    Set<String> shadowed = new TreeSet<>();
    for (int i = 0; i < logged.size(); i++) {
      byte[] bytes = logged.get(i).bytes();
      Prediction prediction = logged.get(i).prediction();
      String id = prediction.getRecordId();
      String one = id + " version " + prediction.getModelVersion();
      if (i % 20_000 == 10) {
        int other = (prediction.getLabel() + 1) % 10;
        prediction.getProbabilities().set(other, prediction.getProbabilities().get(other) + 1e-3f);
        expected.put(one, List.of("probabilities"));
        bytes = SingleObjects.encode(Prediction.getEncoder(), prediction);
      } else if (i % 20_000 == 20) {
        int other = (prediction.getLabel() + 1) % 10;
        prediction.setLabel(other);
        prediction.setLabelName(Integer.toString(other));
        prediction.setConfidence(prediction.getProbabilities().get(other));
        expected.put(one, List.of("label"));
        bytes = SingleObjects.encode(Prediction.getEncoder(), prediction);
      } else if (i % 20_000 == 30 && prediction.getModelVersion() == 3) {
        prediction.setModelVersion(2);
        expected.put(id + " version 2", List.of("calibration", "probabilities", "confidence"));
        bytes = SingleObjects.encode(Prediction.getEncoder(), prediction);
      } else if (i % 20_000 == 40) {
        prediction.setWeightsChecksum(new Sha256(new byte[32]));
        expected.put(one, List.of("checksum"));
        bytes = SingleObjects.encode(Prediction.getEncoder(), prediction);
      } else if (i == 50) {
        prediction.setModelVersion(77);
        bytes = SingleObjects.encode(Prediction.getEncoder(), prediction);
      } else if (i == 60) {
        assertThat(prediction.getShadows()).as("before there is a challenger").isEmpty();
        bytes = new byte[] {1, 2, 3};
      } else if (i == 70) {
        assertThat(prediction.getShadows()).as("before there is a challenger").isEmpty();
        prediction.setRecordId("nobody");
        bytes = SingleObjects.encode(Prediction.getEncoder(), prediction);
      } else if (!prediction.getShadows().isEmpty() && shadowed.size() < 3 && shadowed.add(id)) {
        ShadowPrediction shadow = prediction.getShadows().get(0);
        int other = (shadow.getLabel() + 1) % 10;
        if (shadowed.size() == 1) {
          shadow.getProbabilities().set(other, shadow.getProbabilities().get(other) + 1e-3f);
        } else if (shadowed.size() == 2) {
          shadow.setLabel(other);
          shadow.setConfidence(shadow.getProbabilities().get(other));
        } else {
          shadow.setWeightsChecksum(new Sha256(new byte[32]));
          prediction.setWeightsChecksum(new Sha256(new byte[32]));
          expected.put(one, List.of("checksum"));
        }
        expected.put(
            id + " version " + shadow.getModelVersion(),
            List.of(List.of("probabilities", "label", "checksum").get(shadowed.size() - 1)));
        bytes = SingleObjects.encode(Prediction.getEncoder(), prediction);
      }
      topics.send(topic, i % 2, id, bytes);
    }
    topics.flush();
    assertThat(shadowed).hasSize(3);

    EvaluationReport report = replay(topics, "tampered", "--predictions-topic=" + topic);

    Map<String, List<String>> found = new TreeMap<>();
    for (PredictionDifference difference : report.getFound()) {
      found.put(
          difference.getRecordId() + " version " + difference.getModelVersion(),
          difference.getKinds());
    }
    assertThat(found).isEqualTo(expected);
    assertThat(report.getDifferences()).isEqualTo(expected.size());
    assertThat(report.getCounts())
        .containsEntry("predictionsOfUnknownVersions", 1L)
        .containsEntry("undecodablePredictions", 1L)
        .containsEntry("predictionsWithoutFeatures", 1L)
        // Those of the record that does not decode any more, and of the one with another id.
        .containsEntry("featuresWithoutPrediction", 2L)
        .containsEntry("predictionsCompared", predictions - 3);
    assertThat(
            topics.readAll(
                Topics.DEAD_LETTERS, letter -> new String(letter.key(), StandardCharsets.UTF_8)))
        .doesNotHaveDuplicates();
    List<DeadLetter> letters = topics.readAll(Topics.DEAD_LETTERS, Topics::deadLetter);
    assertThat(letters)
        .filteredOn(letter -> letter.getReason() == DeadLetterReason.NOT_REPRODUCED)
        .hasSize(expected.size());
    assertThat(report.getFound())
        .allSatisfy(
            difference ->
                assertThat(letters)
                    .anyMatch(
                        letter ->
                            letter.getTopic().equals(difference.getTopic())
                                && letter.getPartition() == difference.getPartition()
                                && letter.getOffset() == difference.getOffset()));
  }

  @Test
  void versionsBesideEachOtherHaveTheReferenceMetrics() throws Exception {
    try (Topics topics = platform.topics(2)) {
      platform.broker().createTopic(topics.prefix() + "evaluations", 1, Map.of());
      platform.broker().createTopic(topics.prefix() + "labels", 2, Map.of());
      for (Model model : models()) {
        topics.publish(model);
      }
      topics.alias(TestModel.NAME, "champion", 1);
      topics.flush();
      send(topics, 0, rows.size());
      Row row = rows.newRow();
      for (int record = 0; record < rows.size(); record++) {
        rows.read(record, row);
        topics.send("labels", "" + record, label(record, row.label()));
      }
      topics.flush();

      EvaluationReport report = replay(topics, "beside", "--models=champion,2,3", "--window=1 min");

      assertThat(report.getKind()).isEqualTo("with-models");
      assertThat(report.getEvaluations())
          .extracting(VersionEvaluation::getVersion)
          .containsExactly(1L, 2L, 3L);
      check(report.getEvaluations().get(0), FIRST);
      check(report.getEvaluations().get(1), SECOND);
      // The same weights with biases that change the order of close classes, no more.
      assertThat(report.getEvaluations().get(2).getRecords()).isEqualTo(rows.size());
      PairedEvaluation pair = report.getComparisons().get(0);
      assertThat(pair.getVersion()).isEqualTo(2);
      assertThat(pair.getReference()).isEqualTo(1);
      assertThat(pair.getRecords()).isEqualTo(rows.size());
      ReferenceMetrics first = ReferenceMetrics.of(FIRST);
      ReferenceMetrics second = ReferenceMetrics.of(SECOND);
      assertThat(pair.getMetrics().get("meanDifference"))
          .isCloseTo((first.metric("brier") - second.metric("brier")) / 2, within(1e-6));
      assertThat(pair.getVersionOnlyCorrect() - pair.getReferenceOnlyCorrect())
          .isEqualTo(SECOND.correct() - FIRST.correct());
    }
  }

  @Test
  void aPartOfTheTopicsIsReadByTimesAndByOffsets() throws Exception {
    try (Topics topics = platform.topics(1)) {
      platform.broker().createTopic(topics.prefix() + "evaluations", 1, Map.of());
      platform.broker().createTopic(topics.prefix() + "labels", 1, Map.of());
      topics.publish(models().get(0));
      topics.flush();
      send(topics, 0, 300);
      String place = topics.prefix() + "features-0@";

      EvaluationReport byTime =
          replay(
              topics,
              "times",
              "--models=1",
              "--from=" + TIME.plusMillis(40),
              "--to=" + TIME.plusMillis(100));
      EvaluationReport byOffset =
          replay(topics, "offsets", "--models=1", "--from=" + place + 250, "--to=" + place + 1000);

      assertThat(byTime.getEvaluations().get(0).getRecords()).isEqualTo(60);
      assertThat(byOffset.getEvaluations().get(0).getRecords()).isEqualTo(50);
      assertThat(byTime.getRanges().get(0).getFrom()).isEqualTo(40);
      assertThat(byTime.getRanges().get(0).getTo()).isEqualTo(100);
      assertThat(byOffset.getRanges().get(0).getTo()).isEqualTo(300);
    }
  }

  /** A promotion in the middle: the predictions say when, and the decisions. */
  @Test
  void championsOfTheDecisionsDoAsTheirPredictionsDidAndNeedNone() throws Exception {
    try (Topics topics = platform.topics(1)) {
      for (String topic : List.of("evaluations", "labels", "decisions", "other-decisions")) {
        platform.broker().createTopic(topics.prefix() + topic, 1, Map.of());
      }
      int records = serveAPromotion(topics);
      Row row = rows.newRow();
      for (int record = 0; record < records; record += 5) {
        rows.read(record % rows.size(), row);
        topics.send("labels", "", label(record, row.label()));
      }
      Map<Integer, Long> served = new TreeMap<>();
      for (Logged each : topics.readAll(Topics.PREDICTIONS, ReplayITCase::logged)) {
        served.put(
            Integer.parseInt(each.prediction().getRecordId()), each.prediction().getModelVersion());
      }
      int swap = Collections.frequency(served.values(), 1L);
      assertThat(served).hasSize(records).containsEntry(swap - 1, 1L).containsEntry(swap, 2L);
      // By the clock that the records have, the swap is a decision of the moment it took effect.
      decide(topics, "decisions", DecisionKind.PROMOTION, swap, 1, 2);
      decide(topics, "decisions", DecisionKind.RETRAINING, 0, 0, 1);
      decide(topics, "other-decisions", DecisionKind.RETRAINING, 100, 0, 1);
      decide(topics, "other-decisions", DecisionKind.PROMOTION, 250, 1, 7);
      decide(topics, "other-decisions", DecisionKind.ROLLBACK, swap, 7, 2);
      topics.flush();

      EvaluationReport logged = replay(topics, "logged", "--mode=by-timeline");
      EvaluationReport decided =
          replay(topics, "decided", "--timeline=decisions", "--predictions-topic=expired");
      EvaluationReport patchy =
          replay(topics, "patchy", "--timeline=decisions", "--decisions-topic=other-decisions");

      assertThat(logged.getReigns()).isEmpty();
      assertThat(decided.getEvaluations()).hasSize(2);
      for (int i = 0; i < 2; i++) {
        sameOutcome(decided.getEvaluations().get(i), logged.getEvaluations().get(i));
        ChampionReign reign = decided.getReigns().get(i);
        assertThat(reign.getVersion()).isEqualTo(i + 1);
        assertThat(reign.getBasis()).isEqualTo("decision");
        assertThat(reign.getFrom())
            .isEqualTo(TIME.plusMillis(i == 0 ? 0 : swap).truncatedTo(ChronoUnit.MILLIS));
        assertThat(reign.getRecords()).isEqualTo(i == 0 ? swap : records - swap);
        assertThat(reign.getPredictions()).isEqualTo(reign.getRecords());
        assertThat(reign.getMetrics().get("accuracy"))
            .isEqualTo(logged.getEvaluations().get(i).getMetrics().get("accuracy"));
      }
      assertThat(decided.getReigns()).hasSize(2);
      assertThat(decided.getCounts()).containsOnly(Map.entry("features", (long) records));
      assertThat(patchy.getCounts())
          .containsEntry("features", (long) records)
          .containsEntry("featuresOfUnknownChampions", 100L)
          .containsEntry("featuresOfGoneChampions", swap - 250L);
      assertThat(patchy.getReigns())
          .extracting(ChampionReign::getRecords)
          .containsExactly(100L, 150L, swap - 250L, (long) records - swap);
      assertThat(patchy.getReigns())
          .extracting(ChampionReign::getPredictions)
          .containsExactly(0L, 150L, 0L, (long) records - swap);
    }
  }

  /** Serves by version 1, and then by version 2; returns the number of records. */
  private static int serveAPromotion(Topics topics) throws Exception {
    models().subList(0, 2).forEach(topics::publish);
    topics.alias(TestModel.NAME, "champion", 1);
    topics.flush();
    send(topics, 0, 1_000);
    String[] options = {"--from=earliest", "--parallelism=1", "--checkpoint-interval=300 ms"};
    try (TopicReader<Prediction> served = topics.predictionReader();
        ScoringRun job = ScoringRun.start(platform, topics, options)) {
      served.until(all -> all.size() >= 1_000);
      topics.alias(TestModel.NAME, "champion", 2);
      topics.flush();
      int records = sendUntilServed(topics, served, 1_000, 2) + 1_000;
      send(topics, records - 1_000, records);
      served.until(all -> all.size() >= records);
      job.stopWithSavepoint();
      return records;
    }
  }

  private static void decide(
      Topics topics, String topic, DecisionKind kind, long record, long from, long to) {
    Instant time = TIME.plusMillis(record);
    topics.send(
        topic,
        TestModel.NAME,
        SingleObjects.encode(
            Decision.getEncoder(),
            Decision.newBuilder()
                .setDecidedAt(time)
                .setEventTime(time)
                .setJob("feedback")
                .setModel(TestModel.NAME)
                .setKind(kind)
                .setOutcome(DecisionOutcome.APPLIED)
                .setModelVersion(from)
                .setCandidateVersion(to)
                .build()));
  }

  private static void sameOutcome(VersionEvaluation is, VersionEvaluation expected) {
    assertThat(is.getVersion()).isEqualTo(expected.getVersion());
    assertThat(is.getRecords()).isEqualTo(expected.getRecords());
    assertThat(is.getStatistics().getLabelled()).isEqualTo(expected.getStatistics().getLabelled());
    assertThat(is.getStatistics().getCorrect()).isEqualTo(expected.getStatistics().getCorrect());
    assertThat(is.getMetrics().keySet()).isEqualTo(expected.getMetrics().keySet());
    for (String metric : List.of("accuracy", "nll", "brier", "ece", "bestTemperature")) {
      assertThat(is.getMetrics().get(metric))
          .as(metric)
          .isCloseTo(expected.getMetrics().get(metric), within(1e-6));
    }
  }

  private static byte[] label(int record, int trueClass) {
    return SingleObjects.encode(
        Label.getEncoder(),
        Label.newBuilder()
            .setRecordId(Integer.toString(record))
            .setTime(TIME.plusMillis(record + 10L))
            .setLabel(trueClass)
            .build());
  }

  private static void check(VersionEvaluation evaluation, ReferenceModel model) {
    ReferenceMetrics expected = ReferenceMetrics.of(model);
    Map<String, Double> is = evaluation.getMetrics();
    assertThat(evaluation.getRecords()).isEqualTo(model.rows());
    assertThat(evaluation.getStatistics().getCorrect()).isEqualTo(model.correct());
    assertThat(is.get("accuracy")).isEqualTo((double) model.correct() / model.rows());
    assertThat(is.get("nll")).isCloseTo(expected.metric("nll"), within(1e-6));
    assertThat(is.get("brier")).isCloseTo(expected.metric("brier"), within(1e-6));
    assertThat(is.get("ece")).isCloseTo(expected.metric("ece15"), within(1e-6));
    assertThat(is.get("classwiseEce")).isCloseTo(expected.metric("classwise_ece15"), within(1e-6));
  }
}
