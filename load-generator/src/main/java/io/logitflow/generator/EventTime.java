package io.logitflow.generator;

/** What the event time of a feature record is. */
public enum EventTime {
  /**
   * When it should be sent by the schedule, so that a delay of the generator itself counts as a
   * delay; with an unlimited rate, when it is sent.
   */
  SCHEDULE,
  /** The time of the row; each further pass begins where the one before ended. */
  DATA
}
