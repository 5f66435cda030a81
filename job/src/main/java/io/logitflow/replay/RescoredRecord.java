package io.logitflow.replay;

/**
 * What the champion of its time says of a record. Immutable by agreement: nobody writes into its
 * arrays.
 *
 * @param recordId id of the record
 * @param time event time in ms since the epoch
 * @param reign number of the reign on the timeline
 * @param modelVersion version that scored
 * @param calibrationVersion version of its calibration
 * @param label index of the predicted class
 * @param probabilities probability of each class, {@code [classes]}
 * @param logits logits before calibration, {@code [classes]}
 */
public record RescoredRecord(
    String recordId,
    long time,
    int reign,
    long modelVersion,
    int calibrationVersion,
    int label,
    float[] probabilities,
    float[] logits) {}
