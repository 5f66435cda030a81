/** Records as bytes: Avro by hand, and the schema registry. No Kafka client. */
package io.logitflow.generator.encoding;
