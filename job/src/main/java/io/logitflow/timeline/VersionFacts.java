package io.logitflow.timeline;

/**
 * What is known of a version that still exists.
 *
 * @param createdAt wall-clock time in ms since the epoch: it was no champion before
 * @param weights checksum of its weights: versions that have the same differ in their calibration
 */
public record VersionFacts(long createdAt, String weights) {}
