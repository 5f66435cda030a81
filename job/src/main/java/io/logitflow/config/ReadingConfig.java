package io.logitflow.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How far, in which time and how parallel topics are read.
 *
 * @param from where to begin to read
 * @param bounded whether to end at the end that topics had at the start
 * @param maxOutOfOrderness how far event times within a partition may be out of order
 * @param idleness after which time without records a partition no longer holds the watermark
 * @param parallelism parallelism of the job; empty: that of the cluster
 */
public record ReadingConfig(
    StartingPoint from,
    boolean bounded,
    Duration maxOutOfOrderness,
    Duration idleness,
    OptionalInt parallelism) {}
