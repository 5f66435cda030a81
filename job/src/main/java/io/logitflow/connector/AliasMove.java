package io.logitflow.connector;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * One alias that changes the version it names.
 *
 * @param alias the alias
 * @param from the version that it named before; empty: the alias was not there
 * @param to the version that it names now; empty: the alias is removed
 */
public record AliasMove(String alias, OptionalLong from, OptionalLong to) {

  /** Moves as decisions have them: {@code previous none -> 1, champion 1 -> 2}. */
  public static String text(List<AliasMove> moves) {
    return moves.stream().map(AliasMove::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return alias + " " + text(from) + " -> " + text(to);
  }

  private static String text(OptionalLong version) {
    return version.isPresent() ? Long.toString(version.getAsLong()) : "none";
  }
}
