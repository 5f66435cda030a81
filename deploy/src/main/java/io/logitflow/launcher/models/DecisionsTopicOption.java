package io.logitflow.launcher.models;

import io.logitflow.connector.AliasMove;
import io.logitflow.connector.DecisionTopic;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * The option that names the decisions topic, and what commands write there: a change that a person
 * makes is a decision as those of the feedback job are.
 */
final class DecisionsTopicOption {

  private static final String PERSON = "person";

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
   * What a person has changed.
   *
   * @param kind what it is
   * @param model name of the model
   * @param champion the champion before; empty: there was none
   * @param candidate the version that was promoted or rejected
   * @param moves the moves of aliases
   * @param user who did it
   * @param reason why
   */
  record Change(
      DecisionKind kind,
      String model,
      OptionalLong champion,
      long candidate,
      List<AliasMove> moves,
      String user,
      String reason) {

    /** A change of the champion; there must be a move of its alias. */
    static Change ofChampion(
        DecisionKind kind, String model, List<AliasMove> moves, String user, String reason) {
      AliasMove champion =
          moves.stream()
              .filter(move -> move.alias().equals(ModelKey.CHAMPION))
              .findFirst()
              .orElseThrow();
      return new Change(
          kind, model, champion.from(), champion.to().orElseThrow(), moves, user, reason);
    }

    private Decision decision(Instant now) {
      Map<String, String> details = new TreeMap<>();
      details.put("user", user);
      details.put(
          "moves", moves.stream().map(AliasMove::toString).collect(Collectors.joining(", ")));
      return Decision.newBuilder()
          .setDecidedAt(now)
          .setEventTime(now)
          .setJob(PERSON)
          .setModel(model)
          .setKind(kind)
          .setOutcome(DecisionOutcome.APPLIED)
          .setModelVersion(champion.orElse(candidate))
          .setCandidateVersion(candidate)
          .setReason(reason)
          .setDetails(details)
          .build();
    }
  }

  /**
   * Writes the change down. It is made by then, so what goes wrong is said and no more: who has to
   * roll back in a hurry must not be kept from it by a missing log.
   */
  void write(ModelsTopicOptions broker, Change change, PrintWriter err) throws IOException {
    String name = broker.prefixed(topic);
    try (DecisionTopic decisions =
        new DecisionTopic(broker.bootstrapServers(), name, broker.clientProperties())) {
      if (!decisions.write(change.decision(Instant.now()))) {
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
