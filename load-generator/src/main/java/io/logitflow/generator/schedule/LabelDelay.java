package io.logitflow.generator.schedule;

import io.logitflow.generator.random.SeededRandom;
import java.time.Duration;

/** How long after its features a label becomes known. */
public sealed interface LabelDelay {

  /** The label is known at once. */
  static LabelDelay none() {
    return new Constant(Duration.ZERO);
  }

  /**
   * Draws a delay.
   *
   * @return nanoseconds, 0 or more, at most a quarter of {@link Long#MAX_VALUE}
   */
  long drawNanos(SeededRandom random);

  /** Whether every label is known at once. */
  default boolean isNone() {
    return equals(none());
  }

  /** Always the same. */
  record Constant(Duration delay) implements LabelDelay {
    @Override
    public long drawNanos(SeededRandom random) {
      return delay.toNanos();
    }
  }

  /** Uniform from the shortest to the longest. */
  record Uniform(Duration shortest, Duration longest) implements LabelDelay {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the longest is shorter than the shortest
     */
    public Uniform {
      if (longest.compareTo(shortest) < 0) {
        throw new IllegalArgumentException(
            "uniform label delay must go from the shorter to the longer");
      }
    }

    @Override
    public long drawNanos(SeededRandom random) {
      return shortest.toNanos()
          + (long) (random.nextDouble() * (longest.toNanos() - shortest.toNanos()));
    }
  }

  /** Exponential. */
  record Exponential(Duration mean) implements LabelDelay {
    @Override
    public long drawNanos(SeededRandom random) {
      return bounded(-StrictMath.log(1 - random.nextDouble()) * mean.toNanos());
    }
  }

  /**
   * Lognormal.
   *
   * @param sigma standard deviation of the logarithm
   */
  record Lognormal(Duration median, double sigma) implements LabelDelay {
    @Override
    public long drawNanos(SeededRandom random) {
      return bounded(StrictMath.exp(sigma * random.nextGaussian()) * median.toNanos());
    }
  }

  private static long bounded(double nanos) {
    return (long) Math.min(nanos, 0x1p61);
  }

  /**
   * Reads {@code none}, {@code constant:30s}, {@code uniform:1s..10s}, {@code exponential:30s}
   * (mean) or {@code lognormal:30s:0.5} (median and sigma).
   *
   * @throws IllegalArgumentException if it is none
   */
  static LabelDelay parse(String text) {
    if (text.equals("none")) {
      return none();
    }
    String[] parts = text.split(":", -1);
    if (parts[0].equals("constant") && parts.length == 2) {
      return new Constant(DurationText.parse(parts[1]));
    }
    if (parts[0].equals("uniform") && parts.length == 2) {
      String[] range = parts[1].split("\\.\\.", -1);
      if (range.length == 2) {
        return new Uniform(DurationText.parse(range[0]), DurationText.parse(range[1]));
      }
    }
    if (parts[0].equals("exponential") && parts.length == 2) {
      return new Exponential(DurationText.parsePositive(parts[1]));
    }
    if (parts[0].equals("lognormal") && parts.length == 3) {
      if (parts[2].matches("[0-9](\\.[0-9]{1,6})?")) {
        return new Lognormal(DurationText.parsePositive(parts[1]), Double.parseDouble(parts[2]));
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no label delay; expected none, constant:30s, uniform:1s..10s, exponential:30s"
            + " (mean) or lognormal:30s:0.5 (median and sigma below 10)");
  }
}
