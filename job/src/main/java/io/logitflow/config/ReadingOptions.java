package io.logitflow.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of how far, in which time and how parallel topics are read. */
public final class ReadingOptions {

  /** Where to begin. */
  public static final ConfigOption<String> FROM =
      ConfigOptions.key("from")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where to begin, unless the job is restored from a checkpoint or savepoint. committed"
                  + " goes on at the offsets of the consumer group, and at the earliest record"
                  + " where there are none. A time is that of Kafka's timestamps. Partitions that"
                  + " offsets do not name are read from their beginning. A replay has no consumer"
                  + " group and takes committed for earliest; it reads labels from the same point"
                  + " on.");

  /** Where to end. */
  public static final ConfigOption<String> TO =
      ConfigOptions.key("to")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where to end: the job ends with the last record before it. Unset: never. Of an"
                  + " offset that is not written yet, and of partitions that offsets do not name,"
                  + " it is the end that they had when the job started. A replay always ends:"
                  + " unset, there, and it reads labels up to there in any case, because they come"
                  + " later.");

  /** Whether to end. */
  public static final ConfigOption<Boolean> BOUNDED =
      ConfigOptions.key("bounded")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "End the job at the last record that its topics held when the job started, instead of"
                  + " waiting for more: as to = latest, which another value of to replaces.");

  /** How far event times may be out of order. */
  public static final ConfigOption<Duration> MAX_OUT_OF_ORDERNESS =
      ConfigOptions.key("max-out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription(
              "How far event times within a partition may be out of order: the watermark stays this"
                  + " far behind the largest.");

  /** When a partition counts as idle. */
  public static final ConfigOption<Duration> IDLE_TIMEOUT =
      ConfigOptions.key("idle-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "A partition without records for this long no longer holds the watermark back.");

  /** Parallelism of the job. */
  public static final ConfigOption<Integer> PARALLELISM =
      ConfigOptions.key("parallelism")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Parallel subtasks of the job. Unset: that of the cluster. A topic is read by as many"
                  + " as it has partitions: of the scoring job, more than the features topic has"
                  + " idle.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Reading")
          .with(FROM, Accepted.startingPoint())
          .with(TO, Accepted.endPoint())
          .with(
              BOUNDED,
              Accepted.bool(),
              JobOptions.SCORING,
              JobOptions.FEEDBACK,
              JobOptions.TRAINING)
          .with(
              MAX_OUT_OF_ORDERNESS,
              Accepted.between(Duration.ZERO, Duration.ofDays(1)),
              JobOptions.SCORING,
              JobOptions.FEEDBACK,
              JobOptions.TRAINING)
          .with(
              IDLE_TIMEOUT,
              Accepted.between(Duration.ofMillis(1), Duration.ofDays(1)),
              JobOptions.SCORING,
              JobOptions.FEEDBACK,
              JobOptions.TRAINING)
          .with(PARALLELISM, Accepted.between(1, 32768));

  private ReadingOptions() {}
}
