package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that is stopped and goes on, while records keep coming. */
@Timeout(120)
final class SavepointITCase {

  private static final int RATE = 4000;
  private static final int PER_RUN = 7000;
  private static final TestModel MODEL = new TestModel(1, 2, 1.5f);
  private static final String CHAMPION = TestModel.NAME + "/alias/champion";

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
  void stoppedUnderLoadAJobGoesOnAtOtherParallelismsWithTheModelThatWasInForce() throws Exception {
    try (Topics topics = platform.topics(4);
        TopicReader<Prediction> reader = topics.predictionReader();
        SteadyLoad load = SteadyLoad.start(topics, RATE)) {
      topics.publish(MODEL.model());
      topics.alias(TestModel.NAME, "champion", MODEL.version());
      createModelsTopic(topics, "empty-models");
      createModelsTopic(topics, "damaged-models");
      topics.send("damaged-models", CHAMPION, "no Avro, no model".getBytes(StandardCharsets.UTF_8));

      String savepoint;
      try (ScoringRun run = ScoringRun.start(platform, topics, options(2, Topics.MODELS))) {
        reader.until(read -> read.size() >= PER_RUN);
        savepoint = run.stopWithSavepoint();
      }
      int servedBefore = reader.toEnd().size();
      try (ScoringRun run =
          ScoringRun.restore(platform, topics, savepoint, options(1, "empty-models"))) {
        reader.until(read -> read.size() >= servedBefore + PER_RUN);
        savepoint = run.stopWithSavepoint();
      }
      int servedSince = reader.toEnd().size();
      try (ScoringRun run =
          ScoringRun.restore(platform, topics, savepoint, options(3, "damaged-models"))) {
        reader.until(read -> read.size() >= servedSince + PER_RUN);
        long sent = load.stopAfter(0);
        reader.until(read -> read.size() >= sent);
        run.stopWithSavepoint();

        List<Prediction> served = reader.toEnd();
        Served.eachOnce(served, sent);
        Served.asTheVersionNamed(served, ModelRole.CHAMPION, MODEL);
      }
      assertThat(topics.deadLetters(read -> !read.isEmpty()))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.getReason()).isEqualTo(DeadLetterReason.MALFORMED);
                assertThat(letter.getTopic()).isEqualTo(topics.prefix() + "damaged-models");
              });
    }
  }

  private static String[] options(int parallelism, String modelsTopic) {
    return new String[] {
      "--parallelism=" + parallelism,
      "--models-topic=" + modelsTopic,
      "--delivery-guarantee=exactly-once",
      "--checkpoint-interval=250ms"
    };
  }

  private static void createModelsTopic(Topics topics, String name) throws Exception {
    platform.broker().createTopic(topics.prefix() + name, 1, Map.of("cleanup.policy", "compact"));
  }
}
