/**
 * The scoring operator: collects feature records into micro-batches, scores them with the champion
 * and the challenger in force, and hands on encoded predictions. The Flink side only: kernels are
 * in {@code classifier.kernel}, wire formats in {@code connector.wire}.
 */
package io.logitflow.scoring;
