package io.logitflow.benchmarks.pipeline;

import java.util.Locale;

/** What a Kafka producer can compress its batches with. */
enum Compression {
  GZIP,
  SNAPPY,
  LZ4,
  ZSTD;

  /** As in the producer's setting {@code compression.type}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
