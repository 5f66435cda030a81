package io.logitflow.config;

import java.util.Optional;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key key of the option, without leading dashes
 * @param value the value that was found; empty if there was none
 * @param expectation what would be right
 */
public record Problem(String key, Optional<String> value, String expectation) {

  private static final int LONGEST_SHOWN = 120;

  /** Such as {@code micro-batch-size = 0: expected 1 to 65536}; secrets are not shown. */
  @Override
  public String toString() {
    return value.map(found -> key + " = " + shown(found)).orElse(key) + ": " + expectation;
  }

  private String shown(String found) {
    if (GlobalConfiguration.isSensitive(key)) {
      return GlobalConfiguration.HIDDEN_CONTENT;
    }
    if (found.length() > LONGEST_SHOWN) {
      return found.substring(0, LONGEST_SHOWN) + "...";
    }
    return found.isEmpty() ? "''" : found;
  }
}
