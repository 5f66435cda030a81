package io.logitflow.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a micro-batch is scored: at the first of these.
 *
 * @param maxSize when it holds this many records, at least 1
 * @param maxDelay when its first record has waited this long
 * @param flushWhenIdle whether also when the source has nothing more to hand over
 */
public record MicroBatchConfig(int maxSize, Duration maxDelay, boolean flushWhenIdle)
    implements Serializable {

  public MicroBatchConfig {
    if (maxSize < 1) {
      throw new IllegalArgumentException("maxSize is " + maxSize + "; expected at least 1");
    }
  }
}
