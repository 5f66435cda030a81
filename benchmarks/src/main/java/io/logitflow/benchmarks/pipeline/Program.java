package io.logitflow.benchmarks.pipeline;

import java.util.Locale;

/** What is compared. All write predictions of the same size with the same keys. */
enum Program {
  /** A consumer and a producer per partition share, without Flink and without scoring. */
  RAW,
  /** The same loop with our decoder, kernels and encoder in it: scoring without Flink. */
  RAW_SCORING,
  /** A Flink job between the same source and sink that writes constant bytes. */
  PASSTHROUGH,
  /** The same with a queue between source and the rest, as an operator with two inputs has. */
  UNCHAINED_PASSTHROUGH,
  /** The scoring job as it is deployed. */
  LOGITFLOW,
  /** A Flink job as one would write it first: generated Avro classes, one record at a time. */
  IDIOMATIC,
  /** The same with the object reuse and the Kafka clients of the scoring job. */
  TUNED_IDIOMATIC,
  /** The idiomatic job with a call of PyTorch through DJL for every record. */
  IDIOMATIC_DJL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Pipeline pipeline(Workload workload) {
    return switch (this) {
      case RAW -> RawLoop.copying(workload);
      case RAW_SCORING -> RawLoop.scoring(workload);
      case PASSTHROUGH -> new FlinkPipeline(workload, PassthroughJob.chained(workload.shape()));
      case UNCHAINED_PASSTHROUGH ->
          new FlinkPipeline(workload, PassthroughJob.unchained(workload.shape()));
      case LOGITFLOW -> new FlinkPipeline(workload, io.logitflow.job.ScoringJob::wire);
      case IDIOMATIC -> new FlinkPipeline(workload, IdiomaticJob.withDefaults(workload));
      case TUNED_IDIOMATIC -> new FlinkPipeline(workload, IdiomaticJob.tuned(workload));
      case IDIOMATIC_DJL -> new FlinkPipeline(workload, IdiomaticJob.withDjl(workload));
    };
  }
}
