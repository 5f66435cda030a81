package io.logitflow.connector;

import io.logitflow.schema.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic of decisions, for people who decide, and for who looks back: jobs have sources and
 * sinks of their own.
 */
public final class DecisionTopic implements AutoCloseable {

  private static final int MAX_RECORD_BYTES = 1 << 20;

  private final String topic;
  private final TopicConnection connection;

  /**
   * Opens nothing yet: the first call that needs the broker connects to it.
   *
   * @param bootstrapServers host:port, more of them separated by commas
   * @param topic name of the decisions topic
   * @param clientProperties further properties of the Kafka clients, for example for security
   */
  public DecisionTopic(
      String bootstrapServers, String topic, Map<String, String> clientProperties) {
    this.topic = topic;
    this.connection = new TopicConnection(bootstrapServers, topic, clientProperties);
  }

  /**
   * Writes a decision, if there is such a topic.
   *
   * @return whether there is
   * @throws ModelTopicException if the broker does not answer or refuses
   */
  public boolean write(Decision decision) throws ModelTopicException {
    return connection.attempt(
        () -> {
          if (connection.describe().isEmpty()) {
            return false;
          }
          try (var producer = connection.producer(MAX_RECORD_BYTES)) {
            ProducedRecord record = DecisionRecords.of(decision);
            producer.initTransactions();
            producer.beginTransaction();
            var unused =
                producer.send(
                    new ProducerRecord<>(
                        topic, null, record.timestamp(), record.key(), record.value()));
            producer.commitTransaction(); // Fails if the send did.
          }
          return true;
        });
  }

  /**
   * The decisions on a model.
   *
   * @param decisions in the order of the topic
   * @param problems records that were passed over because they are no decisions, one line each with
   *     topic, partition and offset
   */
  public record Content(List<Decision> decisions, List<String> problems) {}

  /**
   * Reads the decisions on a model up to the end of the topic at this moment.
   *
   * @throws ModelTopicException if the broker does not answer, the topic is missing, or no records
   *     come for 15 seconds
   */
  public Content read(String model) throws ModelTopicException {
    return connection.attempt(
        () -> {
          TopicDescription description = connection.require();
          List<Decision> decisions = new ArrayList<>();
          List<String> problems = new ArrayList<>();
          try (CommittedReader reader = new CommittedReader(connection.consumer(), description)) {
            reader.readToEnd(
                (place, key, value) -> {
                  try {
                    Decision decision = DecisionRecords.decode(value);
                    if (decision.getModel().equals(model)) {
                      decisions.add(decision);
                    }
                  } catch (IOException e) {
                    problems.add(place + ": " + e.getMessage());
                  }
                });
          }
          return new Content(List.copyOf(decisions), List.copyOf(problems));
        });
  }

  @Override
  public void close() {
    connection.close();
  }
}
