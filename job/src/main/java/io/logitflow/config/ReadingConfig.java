package io.logitflow.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How far, in which time and how parallel topics are read.
 *
 * @param range where to begin and to end
 * @param maxOutOfOrderness how far event times within a partition may be out of order
 * @param idleness after which time without records a partition no longer holds the watermark
 * @param parallelism parallelism of the job; empty: that of the cluster
 */
public record ReadingConfig(
    ReadingRange range, Duration maxOutOfOrderness, Duration idleness, OptionalInt parallelism) {}
