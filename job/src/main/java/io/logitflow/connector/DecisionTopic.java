package io.logitflow.connector;

import io.logitflow.schema.Decision;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topic of decisions, for people who decide: jobs have sinks of their own. */
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

  @Override
  public void close() {
    connection.close();
  }
}
