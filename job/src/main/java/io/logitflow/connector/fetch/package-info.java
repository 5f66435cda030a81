/**
 * Kafka sources: of records, and one that hands over runs of records instead, so that what Flink
 * and its connector do per record is done per run. The one place that builds on classes of the
 * Kafka connector that are not part of its interface; each says what it relies on. Splits, offsets
 * and their formats in checkpoints are the connector's own.
 */
package io.logitflow.connector.fetch;
