package io.logitflow.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of when a model is trained. */
public final class TriggerOptions {

  /** Event time until the next training. */
  public static final ConfigOption<Duration> TRAIN_INTERVAL =
      ConfigOptions.key("train-interval")
          .durationType()
          .defaultValue(Duration.ofDays(1))
          .withDescription(
              "A model is trained when this much event time has passed since the last "
                  + "training and there are new labels; 0 never.");

  /** Labels until the next training. */
  public static final ConfigOption<Integer> TRAIN_LABELS =
      ConfigOptions.key("train-labels")
          .intType()
          .defaultValue(0)
          .withDescription(
              "A model is trained when this many records have matured with a label since the "
                  + "last training; 0 never.");

  /** Whether alarms have a model trained. */
  public static final ConfigOption<Boolean> TRAIN_ON_DRIFT_ALARM =
      ConfigOptions.key("train-on-drift-alarm")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a drift alarm of the model on the decisions topic has it trained, once the"
                  + " records up to the alarm have matured. An alarm that meets a challenger waits"
                  + " until one is rejected.");

  /** Event time between two trainings. */
  public static final ConfigOption<Duration> TRAIN_COOL_DOWN =
      ConfigOptions.key("train-cool-down")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription(
              "Event time that has to pass between two trainings, whatever the reason. At "
                  + "least maturity: before that, the labels of what the last one has changed are "
                  + "not there.");

  /** Rows without which there is no training. */
  public static final ConfigOption<Integer> TRAIN_MIN_ROWS =
      ConfigOptions.key("train-min-rows")
          .intType()
          .defaultValue(1000)
          .withDescription(
              "Rows to train with, held-out ones not counted, without which there is no "
                  + "training.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Training")
          .with(
              TRAIN_INTERVAL,
              Accepted.between(Duration.ZERO, Duration.ofDays(365)),
              JobOptions.TRAINING)
          .with(TRAIN_LABELS, Accepted.between(0, 1_000_000_000), JobOptions.TRAINING)
          .with(TRAIN_ON_DRIFT_ALARM, Accepted.bool(), JobOptions.TRAINING)
          .with(
              TRAIN_COOL_DOWN,
              Accepted.between(Duration.ZERO, Duration.ofDays(365)),
              JobOptions.TRAINING)
          .with(TRAIN_MIN_ROWS, Accepted.between(2, 100_000_000), JobOptions.TRAINING);

  private TriggerOptions() {}
}
