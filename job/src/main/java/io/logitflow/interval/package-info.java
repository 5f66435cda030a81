/**
 * Confidence intervals for a sample that was fixed beforehand, and confidence sequences, which hold
 * at all times at once and so for who looks again and again. No Flink and no Kafka.
 */
package io.logitflow.interval;
