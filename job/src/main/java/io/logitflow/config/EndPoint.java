package io.logitflow.config;

import java.io.Serializable;

/** Where a bounded job ends to read. */
public sealed interface EndPoint extends Serializable permits TopicPoint {

  /** What {@link #parse} accepts, for people. */
  String SYNTAX = "latest, " + TopicPoint.SYNTAX;

  /**
   * Parses the text form; inverse of {@code toString}.
   *
   * @throws IllegalArgumentException if the text is none of {@link #SYNTAX}
   */
  static EndPoint parse(String text) {
    return TopicPoint.read(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not " + SYNTAX));
  }
}
