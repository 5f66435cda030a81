/**
 * A real Kafka broker and a real Flink cluster inside this JVM, for trying things on one machine
 * and for tests. Nothing here is meant for production.
 */
package io.logitflow.embedded;
