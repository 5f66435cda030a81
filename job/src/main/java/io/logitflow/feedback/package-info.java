/**
 * What becomes of predictions when labels come: the join by record id, windows of statistics,
 * recalibration, promotion and the alarm of a drift. Operators, and the bookkeeping that only they
 * need; the mathematics is in {@code io.logitflow.calibration} and {@code io.logitflow.promotion}.
 */
package io.logitflow.feedback;
