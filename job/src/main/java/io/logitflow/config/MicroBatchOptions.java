package io.logitflow.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the micro-batches in which records are scored. */
public final class MicroBatchOptions {

  /** Most records in a micro-batch. */
  public static final ConfigOption<Integer> SIZE =
      ConfigOptions.key("micro-batch-size")
          .intType()
          .defaultValue(256)
          .withDescription(
              "Most records that are scored together. More need more memory and, while a stream"
                  + " is behind, more time until a prediction; 1 scores every record alone, at a"
                  + " lower throughput.");

  /** Longest wait for a micro-batch to fill. */
  public static final ConfigOption<Duration> DELAY =
      ConfigOptions.key("micro-batch-delay")
          .durationType()
          .defaultValue(Duration.ofMillis(5))
          .withDescription(
              "Longest time a record waits for its micro-batch to fill. Adds to the latency only"
                  + " while records keep coming too slowly to fill it.");

  /** Whether an idle source ends the wait. */
  public static final ConfigOption<Boolean> FLUSH_WHEN_IDLE =
      ConfigOptions.key("micro-batch-flush-when-idle")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Score a micro-batch as soon as Kafka has nothing more to hand over, instead of"
                  + " waiting for micro-batch-delay.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Micro-batches")
          .with(SIZE, Accepted.between(1, 65536), JobOptions.SCORING, JobOptions.REPLAY)
          .with(
              DELAY,
              Accepted.between(Duration.ofMillis(1), Duration.ofMinutes(1)),
              JobOptions.SCORING,
              JobOptions.REPLAY)
          .with(FLUSH_WHEN_IDLE, Accepted.bool(), JobOptions.SCORING, JobOptions.REPLAY);

  private MicroBatchOptions() {}
}
