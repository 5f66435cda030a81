package io.logitflow.launcher.models;

import io.logitflow.connector.DecisionTopic;
import io.logitflow.connector.ModelTopicException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine.Option;

/** The option that names the decisions topic, and the way there for what a person decides. */
public final class DecisionsTopicOption {

  @Option(
      names = "--decisions-topic",
      paramLabel = "TOPIC",
      defaultValue = "decisions",
      description = "The decisions topic; default ${DEFAULT-VALUE}.")
  private String topic;

  /** The name without the prefix of all topics. */
  String topic() {
    return topic;
  }

  /**
   * Writes a change down. It is made by then, so what goes wrong is said and no more: who has to
   * roll back in a hurry must not be kept from it by a missing log.
   */
  public void write(ModelsTopicOptions broker, PersonalDecision decision, PrintWriter err)
      throws IOException {
    String name = broker.prefixed(topic);
    try (DecisionTopic decisions =
        new DecisionTopic(broker.bootstrapServers(), name, broker.clientProperties())) {
      if (!decisions.write(decision.record(Instant.now()))) {
        err.printf(
            "The change is made but not written down: there is no topic '%s' (see"
                + " --decisions-topic).%n",
            name);
      }
    } catch (ModelTopicException e) {
      err.printf("The change is made but not written down: %s%n", e.getMessage());
    }
  }
}
