package io.logitflow.config;

import java.util.Optional;

/**
 * What part of its topics a job reads.
 *
 * @param from where to begin, unless the job is restored
 * @param to where to end; empty: never
 */
public record ReadingRange(StartingPoint from, Optional<EndPoint> to) {

  /** Whether reading ends. */
  public boolean bounded() {
    return to.isPresent();
  }
}
