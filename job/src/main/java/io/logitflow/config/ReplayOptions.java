package io.logitflow.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of replays. */
public final class ReplayOptions {

  /** What is asked. */
  public static final ConfigOption<ReplayMode> MODE =
      ConfigOptions.key("mode")
          .enumType(ReplayMode.class)
          .noDefaultValue()
          .withDescription(
              "as-served: reproduce each logged prediction from the version that it names, and"
                  + " report every difference. with-models: score the features with several"
                  + " versions, and compare them by the labels. by-timeline: how the champions did"
                  + " while they were in force. Unset: with-models if there are models, by-timeline"
                  + " if there is a timeline, else as-served.");

  /** Which versions. */
  public static final ConfigOption<String> MODELS =
      ConfigOptions.key("models")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "with-models: versions or aliases, separated by commas, such as champion,7,8. The"
                  + " others are compared with the first one.");

  /** Who was the champion when. */
  public static final ConfigOption<TimelineSource> TIMELINE =
      ConfigOptions.key("timeline")
          .enumType(TimelineSource.class)
          .noDefaultValue()
          .withDescription(
              "by-timeline: what says which version was the champion when. predictions: the logged"
                  + " predictions, which are evaluated as they are. decisions: the decisions topic;"
                  + " the features are scored again, each by the version that was the champion at"
                  + " its event time. Unset: predictions.");

  /** Differences in the report. */
  public static final ConfigOption<Integer> MAX_DIFFERENCES =
      ConfigOptions.key("max-differences")
          .intType()
          .defaultValue(100)
          .withDescription(
              "as-served: how many differences the report names. All of them are counted, and go to"
                  + " the dead letters.");

  /** Name of the run. */
  public static final ConfigOption<String> RUN_ID =
      ConfigOptions.key("run-id")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Names the run: key of its report on the evaluations topic. Unset: one that has the"
                  + " model and the time in it.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Replay")
          .with(MODE, Accepted.oneOf(ReplayMode.class), JobOptions.REPLAY)
          .with(MODELS, Accepted.modelReferences(), JobOptions.REPLAY)
          .with(TIMELINE, Accepted.oneOf(TimelineSource.class), JobOptions.REPLAY)
          .with(MAX_DIFFERENCES, Accepted.between(0, 1_000), JobOptions.REPLAY)
          .with(RUN_ID, Accepted.modelName(), JobOptions.REPLAY);

  private ReplayOptions() {}
}
