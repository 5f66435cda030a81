package io.logitflow.connector;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics that can be used at once.
 *
 * <p>The controller has a topic before the brokers show it: who looks for it right after Kafka's
 * own answer may be told that there is none.
 */
public final class TopicCreation {

  private static final long GLANCE_MILLIS = 10;

  private final Admin admin;

  /** Creates topics by a client, which the caller closes. */
  public TopicCreation(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates a topic and waits until a broker shows it.
   *
   * @throws TopicExistsException if the topic is there, shown by a broker
   * @throws InterruptException if the thread is interrupted
   * @throws KafkaException if Kafka refuses, or no broker shows the topic within 15 seconds
   */
  public void create(NewTopic topic) {
    try {
      TopicConnection.await(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException e) {
      awaitVisible(topic.name());
      throw e;
    }
    awaitVisible(topic.name());
  }

  private void awaitVisible(String topic) {
    long deadline = System.nanoTime() + TopicConnection.PATIENCE.toNanos();
    while (!isVisible(topic)) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException(
            "topic '%s' is created, but no broker shows it after %d s"
                .formatted(topic, TopicConnection.PATIENCE.toSeconds()));
      }
      try {
        Thread.sleep(GLANCE_MILLIS);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  private boolean isVisible(String topic) {
    try {
      TopicConnection.await(admin.describeTopics(List.of(topic)).allTopicNames());
      return true;
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
  }
}
