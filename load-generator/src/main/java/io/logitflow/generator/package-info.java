/**
 * The load generator: replays data sets and synthetic streams into the topics of features and
 * labels at a given rate, with delayed labels and drift.
 */
package io.logitflow.generator;
