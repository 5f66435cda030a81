package io.logitflow.connector;

import java.util.OptionalLong;

/**
 * One alias that changes the version it names.
 *
 * @param alias the alias
 * @param from the version that it named before; empty: the alias was not there
 * @param to the version that it names now; empty: the alias is removed
 */
public record AliasMove(String alias, OptionalLong from, OptionalLong to) {

  @Override
  public String toString() {
    return alias + " " + text(from) + " -> " + text(to);
  }

  private static String text(OptionalLong version) {
    return version.isPresent() ? Long.toString(version.getAsLong()) : "none";
  }
}
