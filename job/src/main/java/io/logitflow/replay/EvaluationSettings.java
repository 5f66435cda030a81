package io.logitflow.replay;

import io.logitflow.evaluation.RunDescription;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the report of a run is made with.
 *
 * @param run what is known of the run before it starts
 * @param windowLength length of the windows of event time
 * @param maxDifferences how many differences the report names
 */
public record EvaluationSettings(RunDescription run, Duration windowLength, int maxDifferences)
    implements Serializable {}
