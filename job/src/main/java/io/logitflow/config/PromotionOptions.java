package io.logitflow.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the tests of challengers, and of the alarm of a drift. */
public final class PromotionOptions {

  /** What becomes of the outcome of a test. */
  public static final ConfigOption<PromotionMode> PROMOTION =
      ConfigOptions.key("promotion")
          .enumType(PromotionMode.class)
          .defaultValue(PromotionMode.APPLY)
          .withDescription(
              "What to do when a challenger has proved better or worse than the champion, or the"
                  + " previous champion better. off: nobody is tested. propose: the decision is"
                  + " written. apply: it is written and the aliases are moved.");

  /** Probability of an error. */
  public static final ConfigOption<Double> ALPHA =
      ConfigOptions.key("promotion-alpha")
          .doubleType()
          .defaultValue(0.05)
          .withDescription(
              "Probability that of all challengers that will ever be tested one is found better"
                  + " that is not; the same again for roll-backs. Lower takes more labels.");

  /** Variance process at which tests are sharpest. */
  public static final ConfigOption<Double> EXPECTED_VARIANCE =
      ConfigOptions.key("promotion-expected-variance")
          .doubleType()
          .defaultValue(100.0)
          .withDescription(
              "Tests are sharpest after about this many labels times the variance of the"
                  + " differences in half-Brier. Lower suits large gains, higher small ones; the"
                  + " probability of an error is the same.");

  /** Labels before which nothing is promoted. */
  public static final ConfigOption<Integer> MIN_LABELS =
      ConfigOptions.key("promotion-min-labels")
          .intType()
          .defaultValue(1000)
          .withDescription(
              "Labels on which both must have been compared before one takes the place of the"
                  + " other.");

  /** Labels after which a test ends. */
  public static final ConfigOption<Integer> MAX_LABELS =
      ConfigOptions.key("promotion-max-labels")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "A challenger that has not proved better after this many labels is rejected. At"
                  + " least promotion-min-labels.");

  /** Tolerance of the guard of accuracy. */
  public static final ConfigOption<Double> ACCURACY_TOLERANCE =
      ConfigOptions.key("promotion-accuracy-tolerance")
          .doubleType()
          .defaultValue(0.005)
          .withDescription(
              "Nothing is promoted while its accuracy may be lower by this or more, by the lower"
                  + " bound of the difference.");

  /** Tolerance of the guard of calibration. */
  public static final ConfigOption<Double> CALIBRATION_TOLERANCE =
      ConfigOptions.key("promotion-calibration-tolerance")
          .doubleType()
          .defaultValue(0.01)
          .withDescription(
              "Nothing is promoted while its debiased L2 calibration error is higher by more than"
                  + " this.");

  /** Event time between two records of a test. */
  public static final ConfigOption<Duration> INTERVAL =
      ConfigOptions.key("promotion-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "A test that goes on is written to the decisions topic once in this much event time;"
                  + " its outcome at once. A promotion that the models topic refused is tried"
                  + " again after it.");

  /** Whether there are alarms. */
  public static final ConfigOption<Boolean> DRIFT_ALARM =
      ConfigOptions.key("drift-alarm")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Write a decision when the champion's error rate has risen above what it was at"
                  + " first.");

  /** Tolerated rise of the error rate. */
  public static final ConfigOption<Double> DRIFT_TOLERANCE =
      ConfigOptions.key("drift-tolerance")
          .doubleType()
          .defaultValue(0.02)
          .withDescription(
              "By how much the champion's error rate may exceed the upper bound of the one that it"
                  + " had at first, before it counts as drift.");

  /** Labels that tell the error rate at first. */
  public static final ConfigOption<Integer> DRIFT_REFERENCE_LABELS =
      ConfigOptions.key("drift-reference-labels")
          .intType()
          .defaultValue(2000)
          .withDescription(
              "The first labels of a champion tell the error rate that it has without drift. More"
                  + " make the bound tighter. After a first alarm, the next one comes this many"
                  + " labels later at the earliest, and each further one after twice as many.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Promotion")
          .with(PROMOTION, Accepted.oneOf(PromotionMode.class), JobOptions.FEEDBACK)
          .with(ALPHA, Accepted.between(1e-9, 0.4), JobOptions.FEEDBACK)
          .with(EXPECTED_VARIANCE, Accepted.between(0.01, 1e9), JobOptions.FEEDBACK)
          .with(MIN_LABELS, Accepted.between(1, 1_000_000_000), JobOptions.FEEDBACK)
          .with(MAX_LABELS, Accepted.between(1, 1_000_000_000), JobOptions.FEEDBACK)
          .with(ACCURACY_TOLERANCE, Accepted.between(0.0, 1.0), JobOptions.FEEDBACK)
          .with(CALIBRATION_TOLERANCE, Accepted.between(0.0, 1.0), JobOptions.FEEDBACK)
          .with(
              INTERVAL,
              Accepted.between(Duration.ofSeconds(1), Duration.ofDays(365)),
              JobOptions.FEEDBACK)
          .with(DRIFT_ALARM, Accepted.bool(), JobOptions.FEEDBACK)
          .with(DRIFT_TOLERANCE, Accepted.between(1e-6, 1.0), JobOptions.FEEDBACK)
          .with(DRIFT_REFERENCE_LABELS, Accepted.between(10, 1_000_000_000), JobOptions.FEEDBACK);

  private PromotionOptions() {}
}
