package io.logitflow.plot;

import java.time.Instant;
import java.util.List;

/**
 * Numbers over time.
 *
 * @param label what they are, for the legend
 * @param index decides on colour and marker, from 0: the same for what is the same in several
 *     figures
 * @param kind how they are drawn
 * @param points in ascending order of time; a NaN is a gap
 * @param overall the number of the whole time, drawn as a horizontal line; NaN for none
 */
public record Line(String label, int index, Kind kind, List<Point> points, double overall) {

  /** How a line is drawn. */
  public enum Kind {
    /** Points joined by a line. */
    MEASURED,
    /** A dotted line without points, for what is expected and not seen. */
    EXPECTED
  }

  /**
   * A number at a time.
   *
   * @param time middle of what it is of
   * @param complete false for a number that may still change, drawn hollow
   */
  public record Point(Instant time, double value, boolean complete) {}

  public Line {
    points = List.copyOf(points);
  }
}
