/**
 * Pictures of models and of numbers about them: figures that are drawn once and written as SVG and
 * PNG, without a display. What the numbers mean is not decided here.
 */
package io.logitflow.plot;
