package io.logitflow.benchmarks.pipeline;

import java.util.Locale;

/** What is compared. All write predictions of the same size with the same keys. */
enum Variant {
  /** A consumer and a producer per partition share, without Flink and without scoring. */
  RAW,
  /** A Flink job between the same source and sink that writes constant bytes. */
  PASSTHROUGH,
  /** The same with a queue between source and the rest, as an operator with two inputs has. */
  UNCHAINED_PASSTHROUGH,
  /** The scoring job as it is deployed. */
  LOGITFLOW,
  /** A Flink job as one would write it first: generated Avro classes, one record at a time. */
  IDIOMATIC,
  /** The same with the object reuse and the Kafka clients of the scoring job. */
  TUNED_IDIOMATIC;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Pipeline pipeline(Workload workload) {
    return switch (this) {
      case RAW -> new RawLoop(workload);
      case PASSTHROUGH -> new FlinkPipeline(workload, PassthroughJob.chained(workload));
      case UNCHAINED_PASSTHROUGH -> new FlinkPipeline(workload, PassthroughJob.unchained(workload));
      case LOGITFLOW -> new FlinkPipeline(workload, io.logitflow.job.ScoringJob::wire);
      case IDIOMATIC -> new FlinkPipeline(workload, IdiomaticJob.withDefaults(workload));
      case TUNED_IDIOMATIC -> new FlinkPipeline(workload, IdiomaticJob.tuned(workload));
    };
  }
}
