package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The models topic of a run. Each run has its own, so that versions are few and their numbers, and
 * with them the predictions, have the same size in all of them.
 */
final class RunModels implements AutoCloseable {

  private static final int MAX_CHALLENGERS = 9;

  private final ModelTopic topic;
  private final Optional<ModelSwaps> swaps;

  private RunModels(ModelTopic topic, Optional<ModelSwaps> swaps) {
    this.topic = topic;
    this.swaps = swaps;
  }

  /** How many challengers a variant can have. */
  static int maxChallengers() {
    return MAX_CHALLENGERS;
  }

  /** Publishes what a variant needs, and begins to swap if it is to. */
  static RunModels create(Topics topics, String name, Model model, Variant variant)
      throws ModelTopicException {
    ModelTopic topic = topics.createModels(name);
    long champion = topic.publish(model);
    topic.promote(model.name(), champion, "benchmark", "to be measured");
    for (int i = 0; i < variant.challengers(); i++) {
      topic.challenge(
          model.name(),
          ModelKey.challenger(Integer.toString(i)),
          Long.toString(topic.publish(model)),
          "benchmark",
          "to be measured");
    }
    if (variant.swapEvery().isEmpty()) {
      return new RunModels(topic, Optional.empty());
    }
    List<Long> versions = List.of(champion, topic.publish(model));
    return new RunModels(
        topic,
        variant
            .swapEvery()
            .map(
                every ->
                    new ModelSwaps(
                        topics.bootstrapServers(), name, model.name(), versions, every)));
  }

  /** Ends the swapping and says how many swaps there were. */
  int endSwaps() throws ExecutionException, InterruptedException {
    return swaps.isPresent() ? swaps.get().end() : 0;
  }

  @Override
  public void close() throws InterruptedException {
    if (swaps.isPresent()) {
      swaps.get().close();
    }
    topic.close();
  }
}
