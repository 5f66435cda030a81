package io.logitflow.launcher.models;

import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a person has changed, which is a decision as those of the jobs are.
 *
 * @param kind what it is
 * @param outcome APPLIED; of a new challenger PROPOSED, since its promotion is still to come
 * @param model name of the model
 * @param champion the champion before; empty: there was none
 * @param candidate the version that was promoted, rejected or made a challenger
 * @param moves the moves of aliases, at least one
 * @param user who did it
 * @param reason why
 */
public record PersonalDecision(
    DecisionKind kind,
    DecisionOutcome outcome,
    String model,
    OptionalLong champion,
    long candidate,
    List<AliasMove> moves,
    String user,
    String reason) {

  private static final String PERSON = "person";

  /** A change of the champion; there must be a move of its alias. */
  public static PersonalDecision ofChampion(
      DecisionKind kind, String model, List<AliasMove> moves, String user, String reason) {
    AliasMove champion =
        moves.stream()
            .filter(move -> move.alias().equals(ModelKey.CHAMPION))
            .findFirst()
            .orElseThrow();
    return new PersonalDecision(
        kind,
        DecisionOutcome.APPLIED,
        model,
        champion.from(),
        champion.to().orElseThrow(),
        moves,
        user,
        reason);
  }

  /**
   * A challenge that begins.
   *
   * @param moves that of the challenger's alias
   */
  static PersonalDecision ofChallenger(
      ModelCatalogue catalogue, String model, List<AliasMove> moves, String user, String reason) {
    return new PersonalDecision(
        DecisionKind.PROMOTION,
        DecisionOutcome.PROPOSED,
        model,
        catalogue.alias(model, ModelKey.CHAMPION),
        moves.get(0).to().orElseThrow(),
        moves,
        user,
        reason);
  }

  /**
   * A challenge that is given up.
   *
   * @param moves those of the aliases that the challenger had
   */
  static PersonalDecision ofRejection(
      ModelCatalogue catalogue, String model, List<AliasMove> moves, String user, String reason) {
    return new PersonalDecision(
        DecisionKind.REJECTION,
        DecisionOutcome.APPLIED,
        model,
        catalogue.alias(model, ModelKey.CHAMPION),
        moves.get(0).from().orElseThrow(),
        moves,
        user,
        reason);
  }

  Decision record(Instant now) {
    Map<String, String> details = new TreeMap<>();
    details.put("user", user);
    details.put("moves", AliasMove.text(moves));
    return Decision.newBuilder()
        .setDecidedAt(now)
        .setEventTime(now)
        .setJob(PERSON)
        .setModel(model)
        .setKind(kind)
        .setOutcome(outcome)
        .setModelVersion(champion.orElse(candidate))
        .setCandidateVersion(candidate)
        .setReason(reason)
        .setDetails(details)
        .build();
  }
}
