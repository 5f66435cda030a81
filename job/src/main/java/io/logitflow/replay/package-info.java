/**
 * Looking at the past again: the join of logged predictions with their feature records, their
 * reproduction by the versions that they name, and the collection of what a run finds. The Flink
 * side only; comparisons and the report are in {@code io.logitflow.evaluation}.
 */
package io.logitflow.replay;
