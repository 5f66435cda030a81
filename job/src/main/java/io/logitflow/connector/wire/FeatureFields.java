package io.logitflow.connector.wire;

/**
 * Names of the fields of a writer schema that a feature record is read from.
 *
 * @param id field of the id: string, int or long
 * @param time field of the event time: long, in ms unless its logical type says otherwise
 * @param segment field of the segment: string; a schema may lack it
 * @param features field of the features: array of float, double, int or long
 * @param indices field of the indices of a sparse record: array of int or long, null in a dense
 *     one; a schema may lack it
 */
public record FeatureFields(
    String id, String time, String segment, String features, String indices) {}
