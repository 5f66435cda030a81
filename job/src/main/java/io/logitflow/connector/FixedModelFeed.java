package io.logitflow.connector;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Some versions of a model, and no change: for what is scored again. The first one is the champion,
 * the others are its challengers, whatever they are to the aliases of the topic.
 */
public final class FixedModelFeed implements ModelFeed {

  private final Thread thread;

  private FixedModelFeed(Thread thread) {
    this.thread = thread;
  }

  /**
   * Feeds versions.
   *
   * @param topic where their containers are
   * @param topicName its name, for messages
   * @param model name of the model
   * @param versions the champion first
   */
  public static Factory of(
      ModelTopic.Factory topic, String topicName, String model, List<Long> versions) {
    List<Long> fixed = List.copyOf(versions);
    return new FixedFactory(topic, topicName, model, fixed.toArray(Long[]::new));
  }

  /** The factory, which travels to the subtasks without the weights. */
  private record FixedFactory(
      ModelTopic.Factory topic, String topicName, String model, Long[] versions)
      implements Factory, Serializable {

    @Override
    public ModelFeed start(String threadName, Listener listener) {
      Thread thread = new Thread(() -> run(listener), threadName);
      thread.setDaemon(true);
      thread.start();
      return new FixedModelFeed(thread);
    }

    private void run(Listener listener) {
      try (ModelTopic models = topic.open()) {
        ModelCatalogue catalogue = models.read();
        List<ConsumedRecord> records = new ArrayList<>();
        for (int i = 0; i < versions.length; i++) {
          Model version = catalogue.requireVersion(model, versions[i]);
          records.add(
              record(
                  new ModelKey.Version(model, version.version()), ModelContainer.encode(version)));
          String alias = i == 0 ? ModelKey.CHAMPION : ModelKey.challenger(Integer.toString(i));
          AliasAssignment assignment =
              new AliasAssignment(model, alias, version.version(), Instant.EPOCH, "replay", "");
          records.add(record(assignment.key(), assignment.encode()));
        }
        listener.records(records);
        listener.caughtUp();
      } catch (ModelTopicException e) {
        listener.failed(new IllegalStateException(e.getMessage(), e));
      } catch (InterruptedException | InterruptException e) {
        // The feed was closed.
        Thread.currentThread().interrupt();
      }
    }

    private ConsumedRecord record(ModelKey key, byte[] value) {
      return new ConsumedRecord(
          topicName, -1, -1, 0, key.format().getBytes(StandardCharsets.UTF_8), value);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
