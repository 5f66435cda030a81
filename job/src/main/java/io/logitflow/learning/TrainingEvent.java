package io.logitflow.learning;

import io.logitflow.label.TrueLabel;

/**
 * The features or a label of a record on their way to each other. One of the two is null. Immutable
 * by agreement: nobody writes into the features.
 *
 * @param recordId id of the record
 * @param time event time in ms since the epoch
 * @param partition partition of the topic that it came from
 * @param offset offset there
 * @param features features
 * @param label label
 */
public record TrainingEvent(
    String recordId, long time, int partition, long offset, float[] features, TrueLabel label) {}
