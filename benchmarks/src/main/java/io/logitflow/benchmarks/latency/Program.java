package io.logitflow.benchmarks.latency;

/** What runs between the topics. Each has a JVM of its own that lives through all rounds. */
enum Program {
  /** A consumer and a producer in one thread, without Flink and without scoring. */
  RAW,
  /** The source and the sink of the scoring job with a constant value between them. */
  PASSTHROUGH,
  /** The scoring job. */
  JOB;

  ContinuousPipeline pipeline(LatencyWorkload workload) {
    return switch (this) {
      case RAW -> new ContinuousCopy(workload);
      case PASSTHROUGH -> ContinuousJob.passthrough(workload);
      case JOB -> ContinuousJob.scoring(workload);
    };
  }
}
