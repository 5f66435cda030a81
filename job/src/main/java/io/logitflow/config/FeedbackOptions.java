package io.logitflow.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of what is learned from labels. */
public final class FeedbackOptions {

  /** Length of the windows. */
  public static final ConfigOption<Duration> WINDOW =
      ConfigOptions.key("window")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "Length of the tumbling windows of the predictions' event time. There is one"
                  + " calibration record for each window, model version and segment.");

  /** How long a window waits for labels. */
  public static final ConfigOption<Duration> MATURITY =
      ConfigOptions.key("maturity")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "How long after its end a window waits for labels before it counts as complete;"
                  + " predictions without a label then count as expired. Of the training job, how"
                  + " long after its event time a record waits. Should be near the 99th"
                  + " percentile of the labels' delay: before that, labels that come early are"
                  + " more common than they are in truth.");

  /** How long a prediction can be labelled. */
  public static final ConfigOption<Duration> RETENTION =
      ConfigOptions.key("retention")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription(
              "How long after its event time a prediction can still be labelled; then its window"
                  + " is final, and labels that come later are only counted. At least maturity."
                  + " State grows with it.");

  /** How often an unfinished window is written. */
  public static final ConfigOption<Duration> REPORT_INTERVAL =
      ConfigOptions.key("report-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How often a window that has changed is written again while it is not final, by the"
                  + " clock on the wall. Shorter shows changes sooner and writes more records.");

  /** What to do with a better calibration. */
  public static final ConfigOption<RecalibrationMode> RECALIBRATION =
      ConfigOptions.key("recalibration")
          .enumType(RecalibrationMode.class)
          .defaultValue(RecalibrationMode.APPLY)
          .withDescription(
              "What to do with a calibration that is better than that of the champion. off: none"
                  + " is fitted. propose: it is published as a model version. apply: it is"
                  + " published and made the champion.");

  /** Event time until the next fit. */
  public static final ConfigOption<Duration> RECALIBRATION_INTERVAL =
      ConfigOptions.key("recalibration-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "A calibration is fitted when this much event time has passed since the last"
                  + " decision, or recalibration-labels have come.");

  /** Labels until the next fit. */
  public static final ConfigOption<Integer> RECALIBRATION_LABELS =
      ConfigOptions.key("recalibration-labels")
          .intType()
          .defaultValue(2000)
          .withDescription(
              "A calibration is fitted when this many labels have matured since the last decision,"
                  + " or recalibration-interval has passed.");

  /** What a fit is made from. */
  public static final ConfigOption<Integer> RECALIBRATION_SAMPLE =
      ConfigOptions.key("recalibration-sample")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Labelled predictions, the most recent ones, that a calibration is fitted to. More"
                  + " make it steadier and slower to follow a drift, and are kept in state.");

  /** Where state is kept. */
  public static final ConfigOption<StateBackendChoice> STATE_BACKEND =
      ConfigOptions.key("state-backend")
          .enumType(StateBackendChoice.class)
          .defaultValue(StateBackendChoice.CLUSTER)
          .withDescription(
              "Where records that wait for their labels are kept: heap is the fastest and"
                  + " holds what fits the memory, rocksdb keeps them on local disks, cluster is"
                  + " what the cluster's configuration says.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Feedback")
          .with(
              WINDOW,
              Accepted.between(Duration.ofSeconds(1), Duration.ofDays(1)),
              JobOptions.FEEDBACK,
              JobOptions.REPLAY)
          .with(
              MATURITY,
              Accepted.between(Duration.ZERO, Duration.ofDays(365)),
              JobOptions.FEEDBACK,
              JobOptions.TRAINING)
          .with(
              RETENTION,
              Accepted.between(Duration.ofMillis(1), Duration.ofDays(365)),
              JobOptions.FEEDBACK,
              JobOptions.REPLAY)
          .with(
              REPORT_INTERVAL,
              Accepted.between(Duration.ofMillis(100), Duration.ofHours(1)),
              JobOptions.FEEDBACK)
          .with(RECALIBRATION, Accepted.oneOf(RecalibrationMode.class), JobOptions.FEEDBACK)
          .with(
              RECALIBRATION_INTERVAL,
              Accepted.between(Duration.ofSeconds(1), Duration.ofDays(365)),
              JobOptions.FEEDBACK)
          .with(RECALIBRATION_LABELS, Accepted.between(1, 1_000_000_000), JobOptions.FEEDBACK)
          .with(RECALIBRATION_SAMPLE, Accepted.between(1_000, 10_000_000), JobOptions.FEEDBACK)
          .with(
              STATE_BACKEND,
              Accepted.oneOf(StateBackendChoice.class),
              JobOptions.FEEDBACK,
              JobOptions.TRAINING,
              JobOptions.REPLAY);

  private FeedbackOptions() {}
}
