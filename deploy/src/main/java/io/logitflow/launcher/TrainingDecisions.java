package io.logitflow.launcher;

import io.logitflow.config.TrainingConfig;
import io.logitflow.launcher.topic.TopicFollower;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Finds on the decisions topic what a training came to. */
final class TrainingDecisions {

  private TrainingDecisions() {}

  /**
   * The last decision on a training of the model.
   *
   * @param since when the job was started
   * @throws IOException if there is none, or the topic cannot be read
   */
  static Decision last(TrainingConfig config, Instant since, PrintWriter progress)
      throws IOException {
    Instant from = since.truncatedTo(ChronoUnit.MILLIS);
    AtomicReference<Decision> last = new AtomicReference<>();
    try (TopicFollower follower =
        TopicFollower.open(
            config.kafka().bootstrapServers(),
            config.topics().decisions(),
            config.kafka().connection(),
            "is it the decisions-topic of the job?",
            progress)) {
      follower.readToEnd(
          record -> {
            if (record.timestamp() >= from.toEpochMilli()) {
              Decision decision = SingleObjects.decode(Decision.getDecoder(), record.value());
              if (decision.getKind() == DecisionKind.RETRAINING
                  && decision.getModel().equals(config.model())) {
                last.set(decision);
              }
            }
            return true;
          });
    }
    if (last.get() == null) {
      throw new IOException(
          "the job has ended, but there is no decision of it on topic '%s'"
              .formatted(config.topics().decisions()));
    }
    return last.get();
  }
}
