package io.logitflow.config;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** Reads {@link TopicNames}: adds the prefix, and checks that no two topics are the same. */
final class TopicNamesReader {

  private final OptionReader options;
  private final Problems problems;
  private final String prefix;
  private final Map<String, String> keyOfTopic = new HashMap<>();

  TopicNamesReader(OptionReader options, Problems problems) {
    this.options = options;
    this.problems = problems;
    this.prefix = options.read(TopicOptions.PREFIX).orElse("");
  }

  TopicNames read() {
    return new TopicNames(
        name(TopicOptions.FEATURES),
        name(TopicOptions.PREDICTIONS),
        name(TopicOptions.LABELS),
        name(TopicOptions.CALIBRATION),
        name(TopicOptions.DECISIONS),
        name(TopicOptions.MODELS),
        name(TopicOptions.EVALUATIONS),
        name(TopicOptions.DEAD_LETTERS));
  }

  /** The name with its prefix; after a problem, one that is not used. */
  private String name(ConfigOption<String> option) {
    String topic = prefix + options.read(option).orElse(option.defaultValue());
    if (!Accepted.topic().test().test(topic)) {
      problems.refused(
          option.key(), topic, "expected, with topic-prefix, " + Accepted.topic().text());
    }
    String other = keyOfTopic.putIfAbsent(topic, option.key());
    if (other != null) {
      problems.refused(option.key(), topic, "expected another topic than that of " + other);
    }
    return topic;
  }
}
