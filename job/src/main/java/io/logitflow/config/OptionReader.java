package io.logitflow.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads options of known groups, and notes as a problem each value that is not accepted. */
final class OptionReader {

  private final Configuration configuration;
  private final Problems problems;
  private final Map<String, OptionGroup.Entry<?>> entries = new HashMap<>();

  OptionReader(Configuration configuration, List<OptionGroup> groups, Problems problems) {
    this.configuration = configuration;
    this.problems = problems;
    for (OptionGroup group : groups) {
      group.entries().forEach(entry -> entries.put(entry.option().key(), entry));
    }
  }

  /** The value, or the default; empty after a problem, or if there is neither. */
  <T> Optional<T> read(ConfigOption<T> option) {
    OptionGroup.Entry<T> entry = entryOf(option);
    Accepted<T> accepted = entry.accepted();
    if (entry.required() && !configuration.containsKey(option.key())) {
      problems.missing(option.key(), accepted.text());
      return Optional.empty();
    }
    try {
      Optional<T> value = configuration.getOptional(option);
      if (value.isPresent() && !accepted.test().test(value.get())) {
        refused(option, accepted);
        return Optional.empty();
      }
      return value.or(() -> Optional.ofNullable(option.defaultValue()));
    } catch (IllegalArgumentException e) {
      // Not of the option's type.
      refused(option, accepted);
      return Optional.empty();
    }
  }

  private void refused(ConfigOption<?> option, Accepted<?> accepted) {
    problems.refused(
        option.key(), configuration.getString(option.key(), ""), "expected " + accepted.text());
  }

  /** The entry was built from the same option, hence has its type. */
  @SuppressWarnings("unchecked")
  private <T> OptionGroup.Entry<T> entryOf(ConfigOption<T> option) {
    OptionGroup.Entry<?> entry = entries.get(option.key());
    if (entry == null) {
      throw new IllegalArgumentException(option.key() + " is in none of the groups read here");
    }
    return (OptionGroup.Entry<T>) entry;
  }
}
