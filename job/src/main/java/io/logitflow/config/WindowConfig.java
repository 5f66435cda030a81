package io.logitflow.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * The windows that statistics are counted in.
 *
 * @param length length of a tumbling window of the event time of predictions
 * @param maturity event time after the end of a window until it counts as complete
 * @param retention event time during which a prediction can still be labelled, at least {@code
 *     maturity}
 * @param reportInterval wall clock time after which a changed window is written again
 */
public record WindowConfig(
    Duration length, Duration maturity, Duration retention, Duration reportInterval)
    implements Serializable {}
