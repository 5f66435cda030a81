package io.logitflow.config;

import java.io.Serializable;

/**
 * What a model is trained with.
 *
 * @param size rows of the uniform sample
 * @param recent rows of the newest records beside them
 * @param classFloor rows of each class that are kept in any case
 * @param memory bytes that all of them may take
 * @param holdout share of the records that is held out, to judge by
 */
public record SampleConfig(int size, int recent, int classFloor, long memory, double holdout)
    implements Serializable {}
