/** Where encoded records go: Kafka topics and their partitions. */
package io.logitflow.generator.sink;
