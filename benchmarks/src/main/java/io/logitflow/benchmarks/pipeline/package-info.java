/**
 * Throughput of the whole pipeline, from the features topic to the predictions topic, measured
 * alternately for the scoring job and for other ways to move the same records. The broker has a JVM
 * of its own and so has each of the variants, so that none is compiled for the types of another.
 */
package io.logitflow.benchmarks.pipeline;
