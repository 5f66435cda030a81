package io.logitflow.config;

import java.util.Locale;

/** How an Avro record stands in the value of a Kafka record. */
public enum WireFormat {
  /** Avro single-object encoding: {@code C3 01}, 8 bytes of fingerprint, the record. */
  SINGLE_OBJECT,

  /** Confluent's: {@code 00}, 4 bytes of schema id, the record. Needs a registry. */
  CONFLUENT,

  /** The record alone; its schema is fixed in the configuration. */
  BARE;

  /** The text form in options, such as {@code single-object}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
