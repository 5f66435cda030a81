/**
 * Evaluation of model versions on what happened: whether a logged prediction is what its version
 * says, how versions did over time and beside each other, and the report of it all. No Flink and no
 * Kafka; the sums are those of {@code io.logitflow.calibration}.
 */
package io.logitflow.evaluation;
