package io.logitflow.connector;

import io.logitflow.config.KafkaConfig;
import io.logitflow.config.Problem;
import io.logitflow.config.TopicOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks for what would keep a job from running, before it starts. */
public final class TopicCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final KafkaConfig kafka;

  /** Creates a check of a broker. */
  public TopicCheck(KafkaConfig kafka) {
    this.kafka = kafka;
  }

  /**
   * Checks that the broker can be reached and that topics exist.
   *
   * @param topics option key to topic
   * @return every problem found, for a person; empty if there is none
   */
  public List<Problem> problems(Map<String, String> topics) {
    Properties properties = new Properties();
    properties.putAll(kafka.connection());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
    try (Admin admin = Admin.create(properties)) {
      Map<String, KafkaFuture<TopicDescription>> found =
          admin.describeTopics(topics.values()).topicNameValues();
      List<Problem> problems = new ArrayList<>();
      for (Map.Entry<String, String> topic : topics.entrySet()) {
        try {
          found.get(topic.getValue()).get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
            return List.of(unreachable(e.getCause()));
          }
          problems.add(
              new Problem(
                  topic.getKey(),
                  Optional.of(topic.getValue()),
                  "the topic does not exist; " + advice(topic.getKey())));
        } catch (TimeoutException e) {
          return List.of(unreachable(e));
        }
      }
      return problems;
    } catch (org.apache.kafka.common.KafkaException e) {
      return List.of(unreachable(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(unreachable(e));
    }
  }

  /** A topic that is read from its beginning, for its newest records, has to be compacted. */
  private static String advice(String key) {
    if (key.equals(TopicOptions.MODELS.key())) {
      return "publish a model, which creates it, or create it with 1 partition and"
          + " cleanup.policy=compact";
    }
    return key.equals(TopicOptions.CALIBRATION.key())
        ? "create it with cleanup.policy=compact"
        : "create it";
  }

  private Problem unreachable(Throwable cause) {
    return new Problem(
        "bootstrap-servers",
        Optional.of(kafka.bootstrapServers()),
        "no Kafka broker answers within " + TIMEOUT.toSeconds() + " s: " + cause.getMessage());
  }
}
