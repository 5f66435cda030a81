package io.logitflow.timeline;

import java.io.Serializable;

/**
 * A time in which the same version was the champion, or in which it is not known who was.
 *
 * @param version the champion, at least 1; {@link #NOBODY_KNOWN}
 * @param from wall-clock time in ms since the epoch, inclusive; {@link #EVER}
 * @param until exclusive; {@link #STILL}
 * @param basis what says so
 * @param kind kind of the decision; empty unless the basis is a decision
 * @param by who decided: the job, or the name of a person; empty if that is not known
 * @param reason why it was decided so, or why it is not known
 */
public record Reign(
    long version, long from, long until, Basis basis, String kind, String by, String reason)
    implements Serializable {

  /** In place of a version. */
  public static final long NOBODY_KNOWN = 0;

  /** There is nothing before. */
  public static final long EVER = Long.MIN_VALUE;

  /** There is nothing after. */
  public static final long STILL = Long.MAX_VALUE;

  /** What a reign rests on. */
  public enum Basis {
    /** The decision by which it began. */
    DECISION("decision"),
    /** The alias, which says when it was moved: there is no decision. */
    ALIAS("alias"),
    /** The decision by which it ended: when it began is not known. */
    ASSUMED("assumed"),
    /** Nothing. */
    UNKNOWN("unknown");

    private final String text;

    Basis(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A reign that goes on. */
  static Reign of(ChampionMove move) {
    return new Reign(
        move.to(), move.time(), STILL, move.basis(), move.kind(), move.by(), move.reason());
  }

  /** The version is taken to be the champion from a time on. */
  static Reign assumed(long version, long from, String reason) {
    return new Reign(version, from, STILL, Basis.ASSUMED, "", "", reason);
  }

  /** Nobody is known to be the champion from a time on. */
  static Reign unknown(long from, String reason) {
    return new Reign(NOBODY_KNOWN, from, STILL, Basis.UNKNOWN, "", "", reason);
  }

  /** Whether it is known who was the champion. */
  public boolean isKnown() {
    return version != NOBODY_KNOWN;
  }

  Reign until(long end) {
    return new Reign(version, from, end, basis, kind, by, reason);
  }
}
