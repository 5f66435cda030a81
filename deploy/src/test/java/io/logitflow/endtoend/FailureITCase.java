package io.logitflow.endtoend;

import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What fails in the middle of the stream, and what readers see of it: nothing. */
@Timeout(120)
final class FailureITCase {

  private static final int RATE = 5000;
  private static final int BEFORE = 7000;
  private static final int AFTER = 14_000;
  private static final int AT_LEAST = 20_000;
  private static final TestModel MODEL = new TestModel(1, 1, 2);

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
  void exactlyOnceSurvivesTasksThatFailInTheMiddleOfAMicroBatch() throws Exception {
    scoresEachRecordOnceIn(
        run -> {
          FailingPartitioner.failAfter(777);
          Await.until("a failure", () -> FailingPartitioner.hasFailed() && run.restarts() > 0);
          run.awaitRunning();
          int restarts = run.restarts();
          FailingPartitioner.failAfter(1555);
          Await.until(
              "another failure", () -> FailingPartitioner.hasFailed() && run.restarts() > restarts);
        });
  }

  @Test
  void exactlyOnceSurvivesTheEndOfTheTaskManager() throws Exception {
    scoresEachRecordOnceIn(run -> platform.replaceTaskManager());
  }

  @Test
  void exactlyOnceSurvivesARestartOfTheBroker() throws Exception {
    scoresEachRecordOnceIn(run -> platform.broker().restart());
  }

  /** What happens to a job. */
  private interface Event {
    void happenTo(ScoringRun run) throws Exception;
  }

  private static void scoresEachRecordOnceIn(Event event) throws Exception {
    try (Topics topics = platform.topics(4);
        TopicReader<Prediction> reader = topics.predictionReader()) {
      topics.publish(MODEL.model());
      topics.alias(TestModel.NAME, "champion", MODEL.version());
      try (SteadyLoad load = SteadyLoad.start(topics, RATE);
          ScoringRun run =
              ScoringRun.start(
                  platform,
                  topics,
                  "--parallelism=2",
                  "--delivery-guarantee=exactly-once",
                  "--checkpoint-interval=250ms",
                  "--producer.partitioner.class=" + FailingPartitioner.class.getName())) {
        reader.until(read -> read.size() >= BEFORE);
        event.happenTo(run);
        reader.until(read -> read.size() >= AFTER);
        long sent = load.stopAfter(AT_LEAST);
        reader.until(read -> read.size() >= sent);
        run.stopWithSavepoint();

        List<Prediction> served = reader.toEnd();
        Served.eachOnce(served, sent);
        Served.asTheVersionNamed(served, ModelRole.CHAMPION, MODEL);
      }
    }
  }
}
