package io.logitflow.feedback;

/**
 * A labelled prediction of the champion, for the sample that calibrations are fitted to. A later
 * one of the same record replaces an earlier one.
 *
 * @param modelVersion version of the model that scored
 * @param recordHash which record it is
 * @param time event time of the prediction in ms since the epoch
 * @param trueClass index of the true class; -1: the record is not labelled any more
 * @param logits logits before calibration, {@code [classes]}
 */
public record LabelledRecord(
    long modelVersion, long recordHash, long time, int trueClass, float[] logits) {}
