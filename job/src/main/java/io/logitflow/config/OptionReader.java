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
  private final Map<String, Accepted<?>> accepted = new HashMap<>();

  OptionReader(Configuration configuration, List<OptionGroup> groups, Problems problems) {
    this.configuration = configuration;
    this.problems = problems;
    for (OptionGroup group : groups) {
      group.entries().forEach(entry -> accepted.put(entry.option().key(), entry.accepted()));
    }
  }

  /** The value, or the default; empty after a problem, or if there is neither. */
  <T> Optional<T> read(ConfigOption<T> option) {
    Accepted<T> values = acceptedBy(option);
    try {
      Optional<T> value = configuration.getOptional(option);
      if (value.isPresent() && !values.test().test(value.get())) {
        refused(option, values);
        return Optional.empty();
      }
      return value.or(() -> Optional.ofNullable(option.defaultValue()));
    } catch (IllegalArgumentException e) {
      // Not of the option's type.
      refused(option, values);
      return Optional.empty();
    }
  }

  /** The value, or the default; without both the problem "not set". */
  <T> Optional<T> require(ConfigOption<T> option) {
    if (!configuration.containsKey(option.key()) && !option.hasDefaultValue()) {
      problems.missing(option.key(), acceptedBy(option).text());
      return Optional.empty();
    }
    return read(option);
  }

  private void refused(ConfigOption<?> option, Accepted<?> values) {
    problems.refused(
        option.key(), configuration.getString(option.key(), ""), "expected " + values.text());
  }

  /** The group that holds an option was built from the same option, hence of the same type. */
  @SuppressWarnings("unchecked")
  private <T> Accepted<T> acceptedBy(ConfigOption<T> option) {
    Accepted<?> values = accepted.get(option.key());
    if (values == null) {
      throw new IllegalArgumentException(option.key() + " is in none of the groups read here");
    }
    return (Accepted<T>) values;
  }
}
