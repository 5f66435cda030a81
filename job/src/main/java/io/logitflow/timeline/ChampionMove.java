package io.logitflow.timeline;

import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionOutcome;
import java.util.Optional;

/**
 * A change of the champion.
 *
 * @param time wall-clock time in ms since the epoch
 * @param from the champion before; {@link Reign#NOBODY_KNOWN}: there was none
 * @param to the champion from then on
 * @param basis what says so
 * @param kind kind of the decision; may be empty
 * @param by who decided
 * @param reason why
 */
record ChampionMove(
    long time, long from, long to, Reign.Basis basis, String kind, String by, String reason) {

  /** The change that a decision put in force; empty if the champion stayed. */
  static Optional<ChampionMove> of(Decision decision) {
    if (decision.getOutcome() != DecisionOutcome.APPLIED
        || decision.getCandidateVersion() == null) {
      return Optional.empty();
    }
    return switch (decision.getKind()) {
      case PROMOTION, ROLLBACK, RECALIBRATION, RETRAINING -> Optional.of(move(decision));
      case REJECTION, DRIFT_ALARM, UNKNOWN -> Optional.empty();
    };
  }

  private static ChampionMove move(Decision decision) {
    long to = decision.getCandidateVersion();
    // Who decides on a first champion has no other version to name than that one, or none.
    long from = decision.getModelVersion() == to ? Reign.NOBODY_KNOWN : decision.getModelVersion();
    return new ChampionMove(
        decision.getDecidedAt().toEpochMilli(),
        from,
        to,
        Reign.Basis.DECISION,
        decision.getKind().name(),
        decision.getDetails().getOrDefault("user", decision.getJob()),
        decision.getReason());
  }
}
