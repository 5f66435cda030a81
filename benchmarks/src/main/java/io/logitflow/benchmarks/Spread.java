package io.logitflow.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One figure in several rounds.
 *
 * @param values the figure of each round, ascending
 */
public record Spread(List<Double> values) {

  /** Sorts them. */
  public Spread {
    values = values.stream().sorted().toList();
  }

  /** A figure of several rounds. */
  public static Spread of(double[] values) {
    return new Spread(Arrays.stream(values).boxed().toList());
  }

  /** A figure of several measurements. */
  public static <M> Spread of(Collection<M> measurements, ToDoubleFunction<M> figure) {
    return new Spread(measurements.stream().mapToDouble(figure).boxed().toList());
  }

  /** The one in the middle, or the mean of the two in the middle; NaN if there is none. */
  public double median() {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    int size = values.size();
    return (values.get((size - 1) / 2) + values.get(size / 2)) / 2;
  }

  /**
   * Median, least and greatest for a report; a dash if there are none.
   *
   * @param format of each of them, such as {@code %.2f}
   */
  public String text(String format) {
    if (values.isEmpty()) {
      return "-";
    }
    return String.format(
        Locale.ROOT,
        format + " (" + format + " to " + format + ")",
        median(),
        values.get(0),
        values.get(values.size() - 1));
  }

  /** Those of ratios, {@code 0.97 (0.93 to 1.02)}. */
  @Override
  public String toString() {
    return text("%.2f");
  }
}
