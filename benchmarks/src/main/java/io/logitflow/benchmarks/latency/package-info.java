/**
 * Latency of the whole pipeline in open loop: from the moment at which a feature record was to be
 * sent, whether it was or not, to the moment at which its prediction came out of a consumer.
 * Generator and reader share this JVM and its clock; the broker and the programs that are measured
 * have JVMs of their own.
 */
package io.logitflow.benchmarks.latency;
