package io.logitflow.workflow;

import io.logitflow.connector.ProducedRecord;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where a replay writes.
 *
 * @param evaluations the report
 * @param deadLetters records that could not be used, and predictions that are not reproduced
 */
public record ReplaySinks(Sink<ProducedRecord> evaluations, Sink<ProducedRecord> deadLetters) {}
