package io.logitflow.generator.sink;

/** Which partition a record goes to. */
public sealed interface Partitioning {

  /** By hash of the key, as Kafka does. */
  record ByKey() implements Partitioning {}

  /** One after the other. */
  record RoundRobin() implements Partitioning {}

  /**
   * Always the same.
   *
   * @param partition from 0
   */
  record Fixed(int partition) implements Partitioning {}

  /**
   * Reads {@code key}, {@code round-robin} or {@code fixed:N}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Partitioning parse(String text) {
    if (text.equals("key")) {
      return new ByKey();
    }
    if (text.equals("round-robin")) {
      return new RoundRobin();
    }
    if (text.matches("fixed:[0-9]{1,6}")) {
      return new Fixed(Integer.parseInt(text.substring("fixed:".length())));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no partitioning; expected key, round-robin or fixed:PARTITION");
  }
}
