package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What champion and challenger name, and what if it is nothing. */
@Timeout(600)
final class ModelAliasITCase {

  private static final int RATE = 2000;
  private static final int RECORDS = 3000;
  private static final TestModel FIRST = new TestModel(1, 0, 1);
  private static final TestModel SECOND = new TestModel(2, 1, 2);
  private static final String[] OPTIONS = {"--parallelism=2", "--checkpoint-interval=200ms"};

  @TempDir static Path dir;
  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void withoutAChampionAJobReadsNothingUntilThereIsOne() throws Exception {
    try (Topics topics = platform.topics(2)) {
      for (int record = 0; record < RECORDS; record++) {
        topics.send(Topics.FEATURES, TestRecords.id(record), TestRecords.encode(record));
      }
      topics.flush();

      try (ScoringRun run = ScoringRun.start(platform, topics, OPTIONS)) {
        run.awaitRunning();
        run.awaitCheckpoints(3);
        Await.until(
            "a count of records",
            () -> run.metric("score.numRecordsIn").equals(OptionalDouble.of(0)));
        run.close();
        assertThat(run.status()).isEqualTo(JobStatus.CANCELED);
      }
      assertThat(committedOffsets(topics)).isZero();

      try (ScoringRun run = ScoringRun.start(platform, topics, OPTIONS)) {
        run.awaitRunning();
        run.awaitCheckpoints(1);
        publishChampion(topics, FIRST);
        Served.eachOnce(topics.predictions(read -> read.size() >= RECORDS), RECORDS);
        Await.until("all offsets committed", () -> committedOffsets(topics) == RECORDS);
        run.stopWithSavepoint();
      }
      List<Prediction> served = topics.readAll(Topics.PREDICTIONS, Topics::prediction);
      Served.eachOnce(served, RECORDS);
      Served.asTheVersionNamed(served, ModelRole.CHAMPION, FIRST);
    }
  }

  @Test
  void anAliasOfAMissingVersionIsReportedAndFollowedOnceTheVersionIsThere() throws Exception {
    try (Topics topics = platform.topics(2);
        TopicReader<Prediction> reader = topics.predictionReader();
        SteadyLoad load = SteadyLoad.start(topics, RATE);
        ScoringRun run = ScoringRun.start(platform, topics, OPTIONS)) {
      publishChampion(topics, FIRST);
      reader.untilNext(of(FIRST));

      topics.alias(TestModel.NAME, "champion", SECOND.version());
      assertThat(topics.deadLetters(read -> !read.isEmpty()))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_MODEL_VERSION);
                assertThat(letter.getTopic()).isEqualTo(topics.prefix() + Topics.MODELS);
                assertThat(letter.getDetail().toString())
                    .contains("champion", "no version " + SECOND.version());
              });
      int servedUntilReport = reader.toEnd().size();
      List<Prediction> afterReport = reader.until(read -> read.size() > servedUntilReport + RATE);
      Served.asTheVersionNamed(afterReport, ModelRole.CHAMPION, FIRST);

      topics.publish(SECOND.model());
      reader.untilNext(of(SECOND));
      long sent = load.stopAfter(RECORDS);
      List<Prediction> served = reader.until(read -> read.size() >= sent);
      Served.eachOnce(served, sent);
      Served.asTheVersionNamed(served, ModelRole.CHAMPION, FIRST, SECOND);
      assertThat(run.restarts()).isZero();
    }
  }

  @Test
  void aChallengerScoresInTheShadowUntilItsAliasIsTakenAway() throws Exception {
    TestModel third = new TestModel(3, 2, 3);
    try (Topics topics = platform.topics(2);
        TopicReader<Prediction> reader = topics.predictionReader();
        SteadyLoad load = SteadyLoad.start(topics, RATE);
        ScoringRun run = ScoringRun.start(platform, topics, OPTIONS)) {
      publishChampion(topics, FIRST);
      reader.untilNext(of(FIRST));

      topics.publish(SECOND.model());
      topics.alias(TestModel.NAME, "challenger", SECOND.version());
      reader.until(read -> Served.shadows(read).size() >= RATE);

      topics.removeAlias(TestModel.NAME, "challenger");
      publishChampion(topics, third);
      reader.untilNext(of(third));
      long sent = load.stopAfter(RECORDS);
      reader.until(read -> read.size() >= sent);
      run.stopWithSavepoint();

      List<Prediction> served = reader.toEnd();
      Served.eachOnce(served, sent);
      Served.asTheVersionNamed(served, ModelRole.CHAMPION, FIRST, third);
      Served.asTheVersionNamed(Served.shadows(served), ModelRole.CHALLENGER, SECOND);
      // A subtask follows the aliases in their order: no shadow after the champion that came later.
      assertThat(served)
          .filteredOn(of(third))
          .isNotEmpty()
          .allMatch(prediction -> prediction.getShadows().isEmpty());
    }
  }

  @Test
  void severalChallengersEachScoreEveryRecordOnce() throws Exception {
    TestModel[] challengers = {
      new TestModel(5, 2, 3), new TestModel(6, 1, 4), new TestModel(7, 3, 1)
    };
    try (Topics topics = platform.topics(2);
        TopicReader<Prediction> reader = topics.predictionReader()) {
      publishChampion(topics, FIRST);
      for (TestModel challenger : challengers) {
        topics.publish(challenger.model());
        topics.alias(TestModel.NAME, "challenger-" + challenger.version(), challenger.version());
      }
      for (int record = 0; record < RECORDS; record++) {
        topics.send(Topics.FEATURES, TestRecords.id(record), TestRecords.encode(record));
      }
      topics.flush();
      try (ScoringRun run = ScoringRun.start(platform, topics, OPTIONS)) {
        reader.until(read -> read.size() >= RECORDS);
        run.stopWithSavepoint();
      }
      List<Prediction> served = reader.toEnd();
      Served.eachOnce(served, RECORDS);
      Served.asTheVersionNamed(served, ModelRole.CHAMPION, FIRST);
      List<Prediction> shadows = Served.shadows(served);
      Served.asTheVersionNamed(shadows, ModelRole.CHALLENGER, challengers);
      for (TestModel challenger : challengers) {
        Served.eachOnce(shadows.stream().filter(of(challenger)).toList(), RECORDS);
      }
    }
  }

  private static void publishChampion(Topics topics, TestModel model) {
    topics.publish(model.model());
    topics.alias(TestModel.NAME, "champion", model.version());
  }

  private static Predicate<Prediction> of(TestModel model) {
    return prediction -> prediction.getModelVersion() == model.version();
  }

  /** How many feature records the job's consumer group has committed as read. */
  private static long committedOffsets(Topics topics) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", platform.broker().bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets("logitflow-scoring-" + TestModel.NAME)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(offset -> offset.getKey().topic().equals(topics.prefix() + Topics.FEATURES))
          .mapToLong(offset -> offset.getValue().offset())
          .sum();
    }
  }
}
