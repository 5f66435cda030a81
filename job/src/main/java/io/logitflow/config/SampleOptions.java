package io.logitflow.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of what a model is trained with. */
public final class SampleOptions {

  /** Rows of the uniform sample. */
  public static final ConfigOption<Integer> SAMPLE_SIZE =
      ConfigOptions.key("sample-size")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Rows of the uniform sample of all labelled records that have matured. They are "
                  + "kept in memory and in every checkpoint.");

  /** Rows of the newest records. */
  public static final ConfigOption<Integer> RECENT_SIZE =
      ConfigOptions.key("recent-size")
          .intType()
          .defaultValue(20_000)
          .withDescription(
              "Rows of the newest records that are in the sample in any case, so that a model "
                  + "follows a drift; 0 none.");

  /** Rows of each class. */
  public static final ConfigOption<Integer> CLASS_FLOOR =
      ConfigOptions.key("class-floor")
          .intType()
          .defaultValue(1_000)
          .withDescription(
              "Rows of each class that are in the sample in any case, so that rare ones can "
                  + "be learned. They weigh so much less that frequencies stay what they are; 0 "
                  + "none.");

  /** Memory of the sample. */
  public static final ConfigOption<MemorySize> SAMPLE_MEMORY =
      ConfigOptions.key("sample-memory")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription(
              "Memory that the sample may take, in each subtask that keeps a part of it and "
                  + "where it is put together; with rows that are too wide for it, there are fewer "
                  + "of them. Training takes up to as much again, twice if features are "
                  + "standardised.");

  /** Share of the records that is held out. */
  public static final ConfigOption<Double> SAMPLE_HOLDOUT =
      ConfigOptions.key("sample-holdout")
          .doubleType()
          .defaultValue(0.2)
          .withDescription(
              "Share of the records that no model is ever trained with. The older half of "
                  + "them says when mini-batches stop, the newer half judges.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Sample")
          .with(SAMPLE_SIZE, Accepted.between(100, 10_000_000), JobOptions.TRAINING)
          .with(RECENT_SIZE, Accepted.between(0, 10_000_000), JobOptions.TRAINING)
          .with(CLASS_FLOOR, Accepted.between(0, 1_000_000), JobOptions.TRAINING)
          .with(
              SAMPLE_MEMORY,
              Accepted.between(MemorySize.ofMebiBytes(1), MemorySize.ofMebiBytes(64 << 10)),
              JobOptions.TRAINING)
          .with(SAMPLE_HOLDOUT, Accepted.between(0.01, 0.5), JobOptions.TRAINING);

  private SampleOptions() {}
}
