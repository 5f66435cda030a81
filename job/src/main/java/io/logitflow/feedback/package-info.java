/**
 * What becomes of predictions when labels come: the join by record id, windows of statistics, and
 * recalibration. Operators, and the bookkeeping that only they need; the mathematics is in {@code
 * io.logitflow.calibration}.
 */
package io.logitflow.feedback;
