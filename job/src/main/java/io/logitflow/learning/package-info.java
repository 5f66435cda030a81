/**
 * Training in Flink: labelled records are joined, sampled, and handed over when it is time for a
 * training, which runs beside the stream and publishes what it finds better. Operators, and the
 * bookkeeping that only they need; trainers and samples are in {@code io.logitflow.training}.
 */
package io.logitflow.learning;
