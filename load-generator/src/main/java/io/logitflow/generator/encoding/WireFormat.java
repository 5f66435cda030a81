package io.logitflow.generator.encoding;

import java.util.Locale;

/** What stands before the Avro bytes of a record. */
public enum WireFormat {
  /** Avro single-object encoding: {@code C3 01}, then the fingerprint of the schema. */
  SINGLE_OBJECT,
  /** Confluent: {@code 00}, then the id of the schema in a registry. */
  CONFLUENT,
  /** Nothing. */
  BARE;

  /** The name as users write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static WireFormat parse(String text) {
    for (WireFormat format : values()) {
      if (format.text().equals(text)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no wire format; expected single-object, confluent or bare");
  }
}
