package io.logitflow.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When calibrations are fitted, and what becomes of them.
 *
 * @param mode what to do with a better calibration
 * @param interval event time since the last decision after which one is fitted
 * @param labels matured labels since the last decision after which one is fitted, at least 1
 * @param sample labelled predictions, the most recent ones, that one is fitted to
 */
public record RecalibrationConfig(RecalibrationMode mode, Duration interval, int labels, int sample)
    implements Serializable {}
