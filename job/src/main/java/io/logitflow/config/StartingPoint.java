package io.logitflow.config;

import java.io.Serializable;

/** Where a job without a checkpoint or savepoint begins to read. */
public sealed interface StartingPoint extends Serializable
    permits StartingPoint.Earliest, StartingPoint.Committed, TopicPoint {

  /** What {@link #parse} accepts, for people. */
  String SYNTAX = "earliest, latest, committed, " + TopicPoint.SYNTAX;

  /** The first record that the topic still holds. */
  record Earliest() implements StartingPoint {
    @Override
    public String toString() {
      return "earliest";
    }
  }

  /** The committed offsets of the consumer group; the first record where there are none. */
  record Committed() implements StartingPoint {
    @Override
    public String toString() {
      return "committed";
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
      case "committed" -> new Committed();
      default ->
          TopicPoint.read(text)
              .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not " + SYNTAX));
    };
  }
}
