/**
 * Shows what the calibration topic says of a model's versions, as text, JSON and pictures, and fits
 * a temperature to it.
 *
 * <p>The mathematics is in {@code io.logitflow.calibration}.
 */
package io.logitflow.launcher.calibration;
