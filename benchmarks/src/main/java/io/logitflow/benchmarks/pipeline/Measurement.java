package io.logitflow.benchmarks.pipeline;

import java.util.Locale;

/**
 * A run of a variant.
 *
 * @param shape size of the model and of the records
 * @param parallelism subtasks or threads
 * @param round number of the round, from 1; less: warm-up
 * @param variant what ran
 * @param records number of records
 * @param seconds from the first to the last prediction, by the broker's clock
 * @param pipelineCpuSeconds CPU time of the variant's JVM
 * @param brokerCpuSeconds CPU time of the broker's JVM
 */
record Measurement(
    Shape shape,
    int parallelism,
    int round,
    Variant variant,
    long records,
    double seconds,
    double pipelineCpuSeconds,
    double brokerCpuSeconds) {

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
    return "shape,parallelism,round,variant,records,seconds,pipeline_cpu_seconds,broker_cpu_seconds";
  }

  /** The measurement as a line of comma-separated values. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%d,%s,%d,%.3f,%.2f,%.2f",
        shape,
        parallelism,
        round,
        variant,
        records,
        seconds,
        pipelineCpuSeconds,
        brokerCpuSeconds);
  }
}
