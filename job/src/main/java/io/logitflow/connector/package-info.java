/**
 * Where records come from and go to: Kafka sources and sinks, wire formats, the models topic, dead
 * letters. No scoring.
 */
package io.logitflow.connector;
