package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New champions while records flow. */
@Timeout(600)
final class ChampionSwapITCase {

  private static final int SWAPS = 10;
  private static final int RATE = 4000;
  private static final int AT_LEAST = 20_000;

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

  /**
   * Versions differ from their neighbours in labels and, all of them, in probabilities.
   *
   * @param withEngine whether every other one is an ONNX file
   */
  private static TestModel version(int version, boolean withEngine) {
    boolean inFile = withEngine && version % 2 == 0;
    return new TestModel(version, version % 2, 1 + version / 8f, inFile);
  }

  @ParameterizedTest
  @CsvSource({"at-least-once, false", "exactly-once, false", "exactly-once, true"})
  void swapsUnderLoadLoseAndDoubleNothingAndPredictionsAreThoseOfTheVersionTheyName(
      String guarantee, boolean withEngine) throws Exception {
    try (Topics topics = platform.topics(4);
        TopicReader<Prediction> reader = topics.predictionReader();
        SteadyLoad load = SteadyLoad.start(topics, RATE);
        ScoringRun run =
            ScoringRun.start(
                platform,
                topics,
                "--parallelism=2",
                "--delivery-guarantee=" + guarantee,
                "--checkpoint-interval=200ms")) {
      for (int swap = 0; swap <= SWAPS; swap++) {
        TestModel champion = version(1 + swap, withEngine);
        topics.publish(champion.model());
        topics.alias(TestModel.NAME, "champion", champion.version());
        reader.untilNext(read -> read.getModelVersion() == champion.version());
      }
      long sent = load.stopAfter(AT_LEAST);
      reader.until(read -> read.size() >= sent);
      assertThat(run.restarts()).isZero();
      run.stopWithSavepoint();

      List<Prediction> served = reader.toEnd();
      Served.eachOnce(served, sent);
      Served.asTheVersionNamed(
          served,
          ModelRole.CHAMPION,
          IntStream.rangeClosed(1, 1 + SWAPS)
              .mapToObj(version -> version(version, withEngine))
              .toArray(TestModel[]::new));
    }
  }
}
