package io.logitflow.config;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** The options of the scoring job. */
final class ScoringOptions {

  static final List<OptionGroup> GROUPS =
      List.of(
          KafkaOptions.GROUP,
          TopicOptions.GROUP,
          ModelOptions.GROUP,
          RecordOptions.GROUP,
          MicroBatchOptions.GROUP,
          ReadingOptions.GROUP,
          DeliveryOptions.GROUP);

  private ScoringOptions() {}

  /** Every key but those that begin with a prefix of {@link KafkaOptions}. */
  static List<String> keys() {
    return GROUPS.stream()
        .flatMap(group -> group.entries().stream())
        .map(OptionGroup.Entry::option)
        .map(ConfigOption::key)
        .toList();
  }

  /** Whether an option of this key exists and is not true or false, so that it needs a value. */
  static boolean takesText(String key) {
    return GROUPS.stream()
        .flatMap(group -> group.entries().stream())
        .map(OptionGroup.Entry::option)
        .anyMatch(
            option -> option.key().equals(key) && !(option.defaultValue() instanceof Boolean));
  }
}
