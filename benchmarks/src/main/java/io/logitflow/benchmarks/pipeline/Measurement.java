package io.logitflow.benchmarks.pipeline;

import java.util.Locale;

/**
 * A run of a variant.
 *
 * @param setting what the variants of a round have in common
 * @param round number of the round, from 1; less: warm-up
 * @param variant what ran
 * @param records number of records
 * @param seconds from the first to the last prediction, by the broker's clock
 * @param pipelineCpuSeconds CPU time of the variant's JVM
 * @param brokerCpuSeconds CPU time of the broker's JVM
 * @param swaps how often another version became the champion meanwhile
 */
record Measurement(
    Setting setting,
    int round,
    Variant variant,
    long records,
    double seconds,
    double pipelineCpuSeconds,
    double brokerCpuSeconds,
    int swaps) {

  /**
   * What the variants of a round have in common.
   *
   * @param shape size of the model and of the records
   * @param parallelism subtasks or threads
   * @param delivery delivery guarantee of the Flink jobs
   * @param checkpointInterval time between their checkpoints
   */
  record Setting(Shape shape, int parallelism, String delivery, String checkpointInterval) {}

  double recordsPerSecond() {
    return records / seconds;
  }

  double pipelineCpuSecondsPerMillion() {
    return pipelineCpuSeconds / records * 1e6;
  }

  double brokerCpuSecondsPerMillion() {
    return brokerCpuSeconds / records * 1e6;
  }

  /** The columns of {@link #line}. */
  static String header() {
    return "shape,parallelism,delivery,checkpoint_interval,round,variant,records,seconds,pipeline_cpu_seconds,broker_cpu_seconds,swaps";
  }

  /** The measurement as a line of comma-separated values. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%s,%s,%d,%s,%d,%.3f,%.2f,%.2f,%d",
        setting.shape(),
        setting.parallelism(),
        setting.delivery(),
        setting.checkpointInterval(),
        round,
        variant,
        records,
        seconds,
        pipelineCpuSeconds,
        brokerCpuSeconds,
        swaps);
  }
}
