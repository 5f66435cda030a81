package io.logitflow.config;

import java.util.List;

/**
 * All groups of options. They name jobs, so {@link JobOptions} must not name them: whichever class
 * the JVM saw first would find the other without its constants.
 */
final class OptionGroups {

  /** Every option of every job, in the order of the page. */
  static final List<OptionGroup> ALL =
      List.of(
          KafkaOptions.GROUP,
          TopicOptions.GROUP,
          ModelOptions.GROUP,
          RecordOptions.GROUP,
          MicroBatchOptions.GROUP,
          FeedbackOptions.GROUP,
          PromotionOptions.GROUP,
          TriggerOptions.GROUP,
          SampleOptions.GROUP,
          TrainerOptions.GROUP,
          PublishingOptions.GROUP,
          ReplayOptions.GROUP,
          ReadingOptions.GROUP,
          DeliveryOptions.GROUP);

  private OptionGroups() {}
}
