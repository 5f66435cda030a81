package io.logitflow.demo;

import io.logitflow.calibration.CalibrationMetrics;

/**
 * How far the confidences of a model version that served can be trusted.
 *
 * @param version of the model
 * @param labelled its predictions with a label
 * @param metrics of these predictions
 */
record ServedVersion(long version, long labelled, CalibrationMetrics metrics) {}
