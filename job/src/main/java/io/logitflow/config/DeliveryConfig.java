package io.logitflow.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Checkpoints, and what a failure may do to the output.
 *
 * @param guarantee what holds for every sink
 * @param transactionalIdPrefix begins the transactional ids of exactly-once
 * @param transactionTimeout how long a transaction of exactly-once may stay open
 * @param checkpointInterval time between checkpoints; empty: no checkpoints
 * @param deadLetterMaxBytes bytes of a rejected record's value that a dead letter keeps
 */
public record DeliveryConfig(
    Guarantee guarantee,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    Optional<Duration> checkpointInterval,
    int deadLetterMaxBytes) {}
