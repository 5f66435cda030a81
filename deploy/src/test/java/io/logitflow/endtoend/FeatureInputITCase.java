package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features that end, and partitions without any. */
@Timeout(600)
final class FeatureInputITCase {

  /** No multiple of the size of a micro-batch. */
  private static final int RECORDS = 1003;

  private static final TestModel MODEL = new TestModel(1, 0, 1);

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--delivery-guarantee=exactly-once --checkpoint-interval=200ms",
        "--delivery-guarantee=at-least-once --checkpoint-interval=200ms",
        "--delivery-guarantee=at-least-once --checkpoint-interval=0"
      })
  void boundedInputEndsTheJobWithItsLastMicroBatchScored(String delivery) throws Exception {
    try (Topics topics = platform.topics(2)) {
      publishChampion(topics);
      sendAll(topics, null);
      String options =
          "--bounded --parallelism=2 --micro-batch-size=64 --micro-batch-delay=1min"
              + " --micro-batch-flush-when-idle=false "
              + delivery;
      try (ScoringRun run = ScoringRun.start(platform, topics, options.split(" "))) {
        run.awaitEnd();
        assertThat(run.status()).isEqualTo(JobStatus.FINISHED);
      }

      List<Prediction> served = topics.readAll(Topics.PREDICTIONS, Topics::prediction);
      Served.eachOnce(served, RECORDS);
      Served.asTheVersionNamed(served, ModelRole.CHAMPION, MODEL);
    }
  }

  @Test
  void boundedInputWithoutAChampionFailsTheJobAtOnceAndSaysWhatToDo() throws Exception {
    try (Topics topics = platform.topics(2)) {
      topics.publish(MODEL.model());
      sendAll(topics, null);
      try (ScoringRun run = ScoringRun.start(platform, topics, "--bounded", "--parallelism=2")) {
        assertThatThrownBy(run::awaitEnd)
            .rootCause()
            .hasMessageContaining("has no usable champion of model 'shift'")
            .hasMessageContaining("logitflow models publish");
        assertThat(run.status()).isEqualTo(JobStatus.FAILED);
        assertThat(run.restarts()).isZero();
      }
      assertThat(topics.readAll(Topics.PREDICTIONS, Topics::prediction)).isEmpty();
    }
  }

  @Test
  void partitionsWithoutRecordsHoldNoPredictionUp() throws Exception {
    try (Topics topics = platform.topics(3)) {
      publishChampion(topics);
      try (ScoringRun run =
          ScoringRun.start(platform, topics, "--parallelism=2", "--idle-timeout=1d")) {
        run.awaitRunning();
        sendAll(topics, 0);
        Served.eachOnce(topics.predictions(read -> read.size() >= RECORDS), RECORDS);
      }
    }
  }

  @Test
  void theWatermarkPassesPartitionsThatAreIdle() throws Exception {
    try (Topics topics = platform.topics(3)) {
      publishChampion(topics);
      try (ScoringRun run =
          ScoringRun.start(
              platform,
              topics,
              "--parallelism=1",
              "--idle-timeout=300ms",
              "--max-out-of-orderness=1s")) {
        sendAll(topics, 0);
        long watermark = TestRecords.time(RECORDS - 1).minusSeconds(1).toEpochMilli() - 1;
        Await.until(
            "watermark",
            () ->
                run.metric("score.currentOutputWatermark")
                    .equals(OptionalDouble.of((double) watermark)));
      }
    }
  }

  @Test
  void flinkCountsRecordsWhereTheyTravelInRuns() throws Exception {
    try (Topics topics = platform.topics(1)) {
      publishChampion(topics);
      sendAll(topics, 0);
      try (ScoringRun run = ScoringRun.start(platform, topics, "--parallelism=1")) {
        topics.predictions(read -> read.size() >= RECORDS);
        for (String count :
            List.of(
                "Source__features.numRecordsIn",
                "Source__features.numRecordsOut",
                "score.numRecordsIn",
                "score.numRecordsOut")) {
          Await.until(count, () -> run.metric(count).equals(OptionalDouble.of((double) RECORDS)));
        }
      }
    }
  }

  @Test
  void eventTimesThatKafkaTakesForNoTimestampAreScored() throws Exception {
    List<Instant> times =
        List.of(
            Instant.ofEpochMilli(-1),
            Instant.parse("1950-01-01T00:00:00Z"),
            Instant.parse("2999-01-01T00:00:00Z"),
            Instant.ofEpochMilli(Long.MIN_VALUE),
            Instant.ofEpochMilli(Long.MAX_VALUE));
    try (Topics topics = platform.topics(1)) {
      publishChampion(topics);
      for (int record = 0; record < times.size(); record++) {
        topics.send(
            Topics.FEATURES, TestRecords.id(record), TestRecords.encode(record, times.get(record)));
      }
      topics.flush();
      try (ScoringRun run = ScoringRun.start(platform, topics, "--bounded", "--parallelism=1")) {
        run.awaitEnd();
        assertThat(run.restarts()).isZero();
      }
      assertThat(topics.readAll(Topics.PREDICTIONS, Topics::prediction))
          .extracting(Prediction::getTime)
          .containsExactlyElementsOf(times);
    }
  }

  private static void publishChampion(Topics topics) {
    topics.publish(MODEL.model());
    topics.alias(TestModel.NAME, "champion", MODEL.version());
    topics.flush();
  }

  /** Sends the records to a partition; null: to all of them. */
  private static void sendAll(Topics topics, Integer partition) {
    for (int record = 0; record < RECORDS; record++) {
      topics.send(
          Topics.FEATURES,
          partition,
          TestRecords.time(record),
          TestRecords.id(record),
          TestRecords.encode(record));
    }
    topics.flush();
  }
}
