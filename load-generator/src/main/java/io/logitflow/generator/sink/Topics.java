package io.logitflow.generator.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks for the topics before the first record is sent, and creates the missing ones on request.
 */
final class Topics {
  private final KafkaTarget target;

  Topics(KafkaTarget target) {
    this.target = target;
  }

  /**
   * Number of partitions of each topic.
   *
   * @throws DeliveryException if no broker answers, a topic is missing or has too few partitions
   */
  Map<String, Integer> partitions() throws InterruptedException {
    List<TopicTarget> topics = new ArrayList<>(List.of(target.features()));
    target.labels().ifPresent(topics::add);
    Map<String, Integer> partitions = new TreeMap<>();
    try (Admin admin = Admin.create(target.adminOptions())) {
      for (TopicTarget topic : topics) {
        Optional<Integer> count = count(admin, topic.topic());
        if (count.isEmpty() && target.createPartitions().isPresent()) {
          create(admin, topic.topic(), target.createPartitions().getAsInt());
          count = target.createPartitions().stream().boxed().findAny();
        }
        partitions.put(topic.topic(), checked(topic, count));
      }
    } catch (KafkaException e) {
      throw failure("Cannot connect to " + target.bootstrapServers(), e);
    }
    return partitions;
  }

  private int checked(TopicTarget topic, Optional<Integer> partitions) {
    if (partitions.isEmpty()) {
      throw new DeliveryException(
          "Topic '"
              + topic.topic()
              + "' does not exist at "
              + target.bootstrapServers()
              + ": create it, or let --create-topics PARTITIONS do it",
          null);
    }
    if (topic.partitioning() instanceof Partitioning.Fixed fixed
        && fixed.partition() >= partitions.get()) {
      throw new DeliveryException(
          "Topic '"
              + topic.topic()
              + "' has no partition "
              + fixed.partition()
              + ": it has "
              + partitions.get()
              + ", counted from 0",
          null);
    }
    return partitions.get();
  }

  private Optional<Integer> count(Admin admin, String topic) throws InterruptedException {
    KafkaFuture<TopicDescription> description =
        admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
    try {
      return Optional.of(description.get().partitions().size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      if (e.getCause() instanceof InvalidTopicException) {
        throw failure("'" + topic + "' is no topic name", e.getCause());
      }
      if (e.getCause() instanceof TimeoutException) {
        throw new DeliveryException(
            "No Kafka broker answers at "
                + target.bootstrapServers()
                + " within 10 s: is it running, and is --bootstrap-servers right?",
            e.getCause());
      }
      throw failure("Cannot look for topic '" + topic + "'", e.getCause());
    }
  }

  private void create(Admin admin, String topic, int partitions) throws InterruptedException {
    NewTopic request = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    try {
      admin.createTopics(List.of(request)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("Cannot create topic '" + topic + "'", e.getCause());
      }
    }
  }

  private static DeliveryException failure(String what, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new DeliveryException(what + ": " + root.getMessage(), cause);
  }
}
