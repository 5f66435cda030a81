package io.logitflow.timeline;

import io.logitflow.schema.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a timeline of decisions, and of what the models topic still knows.
 *
 * <p>Every decision that moved the champion says who was the champion before. Where that is not
 * whom the decision before it made the champion, a change between the two was not written down: the
 * time in which it may have been is nobody's. It is a time after the other version was created.
 */
public final class ChampionHistory {

  private final Map<Long, VersionFacts> versions;
  private final List<Reign> reigns = new ArrayList<>();
  private Reign open = Reign.unknown(Reign.EVER, "before the first champion that is known");
  private ChampionMove last;

  private ChampionHistory(Map<Long, VersionFacts> versions) {
    this.versions = versions;
  }

  /**
   * Makes a timeline.
   *
   * @param decisions those on the model, in the order of their topic
   * @param now what the alias says; empty: there is no champion now
   * @param versions the versions that still exist
   */
  public static Timeline of(
      List<Decision> decisions, Optional<CurrentChampion> now, Map<Long, VersionFacts> versions) {
    ChampionHistory history = new ChampionHistory(versions);
    List<ChampionMove> moves =
        decisions.stream().map(ChampionMove::of).flatMap(Optional::stream).toList();
    MoveOrder.of(moves).forEach(history::add);
    now.ifPresent(history::add);
    history.reigns.add(history.open);
    return new Timeline(history.reigns);
  }

  private void add(ChampionMove move) {
    if (isKnownAlready(move)) {
      return;
    }
    if (!open.isKnown()) {
      assume(move);
    } else if (!areAlike(open.version(), move.from())) {
      leaveOpen(move);
    }
    begin(Reign.of(move));
    last = move;
  }

  /**
   * The alias counts if it says anything new. That a champion was replaced and came back, neither
   * of it written down, is not seen.
   */
  private void add(CurrentChampion now) {
    if (open.version() == now.version()) {
      return;
    }
    add(
        new ChampionMove(
            Math.max(now.since(), open.from()),
            open.isKnown() ? open.version() : now.previous(),
            now.version(),
            Reign.Basis.ALIAS,
            "",
            now.by(),
            now.reason()));
  }

  /**
   * Whether this is the change by which the open reign began: a job that failed decides again, and
   * a test whose outcome a person has put in force already finds nothing to move.
   */
  private boolean isKnownAlready(ChampionMove move) {
    return last != null && move.to() == open.version() && areAlike(last.from(), move.from());
  }

  /** A test is made against weights: calibrations of them are the same champion to it. */
  private boolean areAlike(long champion, long replaced) {
    if (champion == replaced) {
      return true;
    }
    VersionFacts one = versions.get(champion);
    VersionFacts other = versions.get(replaced);
    return one != null && other != null && one.weights().equals(other.weights());
  }

  /** Whom the first known change replaced was the champion before, but since when? */
  private void assume(ChampionMove first) {
    if (first.from() == Reign.NOBODY_KNOWN) {
      return;
    }
    VersionFacts facts = versions.get(first.from());
    long created = facts == null ? Reign.EVER : facts.createdAt();
    if (created < first.time()) {
      begin(
          Reign.assumed(
              first.from(),
              created,
              "the champion before version %d; since when is not written down, at the earliest since it was created"
                  .formatted(first.to())));
    }
  }

  /** Between the open reign and the one that a change has ended there was a change more. */
  private void leaveOpen(ChampionMove move) {
    VersionFacts facts = versions.get(move.from());
    long possible = facts == null ? open.from() : Math.max(open.from(), facts.createdAt());
    begin(
        Reign.unknown(
            Math.min(possible, move.time()),
            "version %d, and then %s: when it was replaced is not written down"
                .formatted(
                    open.version(),
                    move.from() == Reign.NOBODY_KNOWN ? "none" : "version " + move.from())));
  }

  /** Ends the open reign; one that had no time served nothing. */
  private void begin(Reign next) {
    if (open.from() < next.from()) {
      reigns.add(open.until(next.from()));
    }
    open = next;
  }
}
