package io.logitflow.config;

import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;

/** The jobs, each with the options that it has. */
public enum JobOptions {
  /** Scores feature records. */
  SCORING,

  /** Joins predictions with labels, and calibrates. */
  FEEDBACK,

  /** Trains models with features and labels. */
  TRAINING,

  /** Looks at the past again. */
  REPLAY;

  /** The options of this job, in groups of one or more. */
  List<OptionGroup> groups() {
    return OptionGroups.ALL.stream()
        .map(group -> group.of(this))
        .filter(group -> !group.entries().isEmpty())
        .toList();
  }

  /** Every key but those that begin with a prefix of {@link KafkaOptions}. */
  List<String> keys() {
    return options().stream().map(ConfigOption::key).toList();
  }

  /** Whether an option of this key exists and is not true or false, so that it needs a value. */
  boolean takesText(String key) {
    return options().stream()
        .anyMatch(
            option -> option.key().equals(key) && !(option.defaultValue() instanceof Boolean));
  }

  private List<? extends ConfigOption<?>> options() {
    return groups().stream()
        .flatMap(group -> group.entries().stream())
        .map(OptionGroup.Entry::option)
        .toList();
  }

  /** The name in texts and identifiers, such as {@code scoring}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
