package io.logitflow.benchmarks.pipeline;

import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.connector.TopicCreation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes and removes topics. */
public final class Topics implements AutoCloseable {

  /** Number of partitions of every topic, so that each of two subtasks has its share. */
  public static final int PARTITIONS = 2;

  private final String bootstrapServers;
  private final Admin admin;

  /** Connects to a broker. */
  public Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** The broker. */
  String bootstrapServers() {
    return bootstrapServers;
  }

  /** Creates a models topic. The caller closes it. */
  public ModelTopic createModels(String name) throws ModelTopicException {
    ModelTopic models = new ModelTopic(bootstrapServers, name, Map.of());
    models.createIfMissing();
    return models;
  }

  /** Creates a topic whose records bear the time at which they were made. */
  public void create(String name) {
    create(name, Map.of());
  }

  /** A topic whose records bear the time at which the broker appended them. */
  PredictionsTopic createPredictions(String name) {
    create(name, Map.of("message.timestamp.type", "LogAppendTime"));
    return new PredictionsTopic(bootstrapServers, name);
  }

  private void create(String name, Map<String, String> configs) {
    new TopicCreation(admin).create(new NewTopic(name, PARTITIONS, (short) 1).configs(configs));
  }

  /** Deletes topics. */
  public void delete(String... names) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(names)).all().get();
  }

  @Override
  public void close() {
    admin.close();
  }
}
