/**
 * How far served probabilities may be trusted: mergeable statistics of labelled predictions, the
 * calibration errors that follow from them, and recalibration of logits.
 *
 * <p>{@link io.logitflow.calibration.CalibrationStatistics} holds counts and exact sums only, so
 * that the order and the partitioning of the records change nothing; {@link
 * io.logitflow.calibration.CalibrationMetrics} computes ratios from them; {@link
 * io.logitflow.calibration.CalibrationLadder} decides whether new calibration parameters are to be
 * published. No Flink and no Kafka, no clocks, and no state beyond the arguments.
 */
package io.logitflow.calibration;
