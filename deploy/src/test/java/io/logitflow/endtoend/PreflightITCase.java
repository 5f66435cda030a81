package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.Problem;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.job.FeedbackJob;
import io.logitflow.job.ScoringJob;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the job from running is said before it starts, all of it at once. */
class PreflightITCase {

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(dir, 0);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyMissingTopicIsNamedInOneMessage() throws Exception {
    broker.createTopic("some.features", 1, Map.of());

    ConfigurationException refusal =
        refusal(
            "--bootstrap-servers", broker.bootstrapServers(),
            "--model", "m",
            "--topic-prefix", "some.");

    assertThat(refusal.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "models-topic = some.models: the topic does not exist; publish a model, which creates"
                + " it, or create it with 1 partition and cleanup.policy=compact",
            "predictions-topic = some.predictions: the topic does not exist; create it",
            "dead-letters-topic = some.dead-letters: the topic does not exist; create it");
    assertThat(refusal)
        .hasMessageStartingWith("3 problems in the configuration:\n  models-topic = some.models");
  }

  @Test
  void everyTopicThatTheFeedbackJobMissesIsNamedInOneMessage() throws Exception {
    broker.createTopic("feedback.labels", 1, Map.of());

    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                FeedbackJob.main(
                    new String[] {
                      "--bootstrap-servers", broker.bootstrapServers(),
                      "--model", "m",
                      "--topic-prefix", "feedback."
                    }));

    assertThat(refusal.problems())
        .extracting(Problem::key)
        .containsExactly(
            "predictions-topic",
            "models-topic",
            "calibration-topic",
            "decisions-topic",
            "dead-letters-topic");
    assertThat(refusal)
        .hasMessageContaining(
            "calibration-topic = feedback.calibration: the topic does not exist; create it with"
                + " cleanup.policy=compact");
  }

  @Test
  void badOptionsAndMissingTopicsAreOneMessage() {
    ConfigurationException refusal =
        refusal(
            "--bootstrap-servers", broker.bootstrapServers(),
            "--micro-batch-size", "0",
            "--features-topic", "not a topic",
            "--topic-prefix", "other.");

    assertThat(refusal.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(
            "model",
            "micro-batch-size",
            "features-topic",
            "models-topic",
            "predictions-topic",
            "dead-letters-topic");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsOneProblemAndNotOnePerTopic() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    ConfigurationException refusal =
        refusal("--bootstrap-servers", "localhost:" + port, "--model", "m");

    assertThat(refusal.problems()).hasSize(1);
    assertThat(refusal)
        .hasMessageContaining(
            "bootstrap-servers = localhost:" + port + ": no Kafka broker answers within 15 s");
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    ConfigurationException refusal =
        refusal("--bootstrap-servers", "no-such-host.invalid:9092", "--model", "m");

    assertThat(refusal.problems()).hasSize(1);
    assertThat(refusal)
        .hasMessageContaining(
            "bootstrap-servers = no-such-host.invalid:9092: no Kafka broker answers");
  }

  @Test
  void everyBadOptionIsNamedInOneMessage() {
    ConfigurationException refusal =
        refusal(
            "--micro-batch-size", "0",
            "--micro-batch-dellay", "5ms",
            "--wire-format", "confluent",
            "--delivery-guarantee", "exactly-once",
            "--checkpoint-interval", "0",
            "--features-schema", dir.resolve("missing.avsc").toString());

    assertThat(refusal.problems())
        .extracting(Problem::key)
        .contains(
            "bootstrap-servers",
            "model",
            "micro-batch-size",
            "micro-batch-dellay",
            "registry-url",
            "checkpoint-interval",
            "features-schema");
    assertThat(refusal)
        .hasMessageContaining("micro-batch-size = 0: expected 1 to 65536")
        .hasMessageContaining("did you mean micro-batch-delay?");
  }

  private static ConfigurationException refusal(String... args) {
    return catchThrowableOfType(ConfigurationException.class, () -> ScoringJob.main(args));
  }
}
