package io.logitflow.generator.schedule;

/**
 * A label to be sent.
 *
 * @param id of the record, in UTF-8
 * @param label index of the class
 * @param time event time of the label, in milliseconds since 1970
 * @param trueProbabilities what the label was drawn from, [classes]; of length 0 if unknown
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
public record PendingLabel(byte[] id, int label, long time, double[] trueProbabilities) {}
