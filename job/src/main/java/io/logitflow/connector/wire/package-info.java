/**
 * Wire formats and hand-made Avro: feature records are decoded straight into the micro-batch by a
 * plan compiled from the writer schema, predictions are laid out byte by byte. The Avro library
 * parses schemas and serves as the oracle of the tests; no Avro object is built per record.
 */
package io.logitflow.connector.wire;
