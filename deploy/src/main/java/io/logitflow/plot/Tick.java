package io.logitflow.plot;

/**
 * A place on an axis that is marked.
 *
 * @param pixel where it is
 * @param text what stands beside it
 */
record Tick(int pixel, String text) {}
