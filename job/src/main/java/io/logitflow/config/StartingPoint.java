package io.logitflow.config;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Where a job without a checkpoint or savepoint begins to read. */
public sealed interface StartingPoint extends Serializable {

  /** What {@link #parse} accepts, for people. */
  String SYNTAX = "earliest, latest, committed or a time such as 2026-01-31T00:00:00Z";

  /** The first record that the topic still holds. */
  record Earliest() implements StartingPoint {
    @Override
    public String toString() {
      return "earliest";
    }
  }

  /** Records written from now on. */
  record Latest() implements StartingPoint {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /** The committed offsets of the consumer group; the first record where there are none. */
  record Committed() implements StartingPoint {
    @Override
    public String toString() {
      return "committed";
    }
  }

  /** The first record whose Kafka timestamp is {@code time} or later. */
  record Timestamp(Instant time) implements StartingPoint {
    @Override
    public String toString() {
      return time.toString();
    }
  }

  /**
   * Parses the text form; inverse of {@code toString}.
   *
   * @throws IllegalArgumentException if the text is none of {@link #SYNTAX}
   */
  static StartingPoint parse(String text) {
    return switch (text) {
      case "earliest" -> new Earliest();
      case "latest" -> new Latest();
      case "committed" -> new Committed();
      default -> {
        try {
          yield new Timestamp(Instant.parse(text));
        } catch (DateTimeParseException e) {
          throw new IllegalArgumentException("'" + text + "' is not " + SYNTAX, e);
        }
      }
    };
  }
}
