package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes and removes topics. */
final class Topics implements AutoCloseable {

  private final String bootstrapServers;
  private final Admin admin;

  Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Creates the topics that the scoring job needs beside features and predictions. */
  void createShared() throws ExecutionException, InterruptedException, ModelTopicException {
    create("shadow-predictions", Map.of());
    create("dead-letters", Map.of());
    try (ModelTopic models = models()) {
      models.createIfMissing();
    }
  }

  /** Publishes a model as the champion of its name. */
  void publish(Model model) throws ModelTopicException {
    try (ModelTopic models = models()) {
      models.promote(model.name(), models.publish(model), "benchmark", "to be measured");
    }
  }

  private ModelTopic models() {
    return new ModelTopic(bootstrapServers, Workload.MODELS_TOPIC, Map.of());
  }

  void createFeatures(String name) throws ExecutionException, InterruptedException {
    create(name, Map.of());
  }

  /** A topic whose records bear the time at which the broker appended them. */
  PredictionsTopic createPredictions(String name) throws ExecutionException, InterruptedException {
    create(name, Map.of("message.timestamp.type", "LogAppendTime"));
    return new PredictionsTopic(bootstrapServers, name);
  }

  private void create(String name, Map<String, String> configs)
      throws ExecutionException, InterruptedException {
    admin
        .createTopics(List.of(new NewTopic(name, Workload.PARTITIONS, (short) 1).configs(configs)))
        .all()
        .get();
  }

  void delete(String name) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(name)).all().get();
  }

  @Override
  public void close() {
    admin.close();
  }
}
