package io.logitflow.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options that name the topics. */
public final class TopicOptions {

  /** Begins the name of every topic. */
  public static final ConfigOption<String> PREFIX =
      ConfigOptions.key("topic-prefix")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Begins the name of every topic, so that several installations share a broker.");

  /** Topic of the feature records. */
  public static final ConfigOption<String> FEATURES =
      topic("features", "Topic with the records to classify.");

  /** Topic of the predictions. */
  public static final ConfigOption<String> PREDICTIONS =
      topic(
          "predictions",
          "Topic that gets the predictions of the champion. Those of challengers, which are never"
              + " served, are in their field shadows.");

  /** Topic of the labels. */
  public static final ConfigOption<String> LABELS =
      topic("labels", "Topic with what the records turned out to be.");

  /** Topic of the calibration records. */
  public static final ConfigOption<String> CALIBRATION =
      topic("calibration", "Topic that gets the calibration statistics.");

  /** Topic of the decisions on models. */
  public static final ConfigOption<String> DECISIONS =
      topic("decisions", "Topic that gets every decision on a model, with its evidence.");

  /** Topic of model versions and aliases. */
  public static final ConfigOption<String> MODELS =
      topic("models", "Compacted topic with the model versions and their aliases.");

  /** Topic of the evaluation reports. */
  public static final ConfigOption<String> EVALUATIONS =
      topic("evaluations", "Topic that gets the reports of replays and trainings.");

  /** Topic of what could not be used. */
  public static final ConfigOption<String> DEAD_LETTERS =
      topic(
          "dead-letters", "Topic that gets what could not be used, with its reason and its place.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Topics")
          .with(PREFIX, Accepted.topicPrefix())
          .with(FEATURES, Accepted.topic())
          .with(PREDICTIONS, Accepted.topic())
          .with(LABELS, Accepted.topic())
          .with(CALIBRATION, Accepted.topic())
          .with(DECISIONS, Accepted.topic())
          .with(MODELS, Accepted.topic())
          .with(EVALUATIONS, Accepted.topic())
          .with(DEAD_LETTERS, Accepted.topic());

  private TopicOptions() {}

  private static ConfigOption<String> topic(String name, String description) {
    return ConfigOptions.key(name + "-topic")
        .stringType()
        .defaultValue(name)
        .withDescription(description);
  }
}
