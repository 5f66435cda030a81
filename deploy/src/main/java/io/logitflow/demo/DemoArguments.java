package io.logitflow.demo;

import io.logitflow.config.Guarantee;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of the demo's options, each checked against its range. */
final class DemoArguments {

  private DemoArguments() {}

  /** A data set. */
  static final class Dataset implements ITypeConverter<DemoDataset> {
    @Override
    public DemoDataset convert(String text) {
      try {
        return DemoDataset.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** A rate. */
  static final class Rate implements ITypeConverter<Rate.Value> {
    private static final double MAX = 100e6;

    /**
     * A rate.
     *
     * @param perSecond records per second; empty: as fast as possible
     */
    record Value(OptionalDouble perSecond) {}

    @Override
    public Value convert(String text) {
      if (text.equals("max")) {
        return new Value(OptionalDouble.empty());
      }
      double rate = Double.NaN;
      try {
        rate = Double.parseDouble(text.replace("_", ""));
      } catch (NumberFormatException e) {
        rate = Double.NaN;
      }
      if (!(rate > 0 && rate <= MAX)) {
        throw new TypeConversionException(
            "'%s' is no rate: expected records per second, from above 0 to 100000000, or max"
                .formatted(text));
      }
      return new Value(OptionalDouble.of(rate));
    }
  }

  /** A duration. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofDays(1);

    @Override
    public Duration convert(String text) {
      Duration time = Duration.ZERO;
      try {
        time = TimeUtils.parseDuration(text);
      } catch (IllegalArgumentException e) {
        time = Duration.ZERO;
      }
      if (time.compareTo(MIN) < 0 || time.compareTo(MAX) > 0) {
        throw new TypeConversionException(
            "'%s' is no duration from 1 s to 1 d: expected a number and a unit, such as 30s, 5m or 1h"
                .formatted(text));
      }
      return time;
    }
  }

  /** A number of subtasks. */
  static final class Parallelism implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, "parallelism", 1, 128);
    }
  }

  /** A port. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, "port", 0, 65_535);
    }
  }

  /** A guarantee. */
  static final class Delivery implements ITypeConverter<Guarantee> {
    @Override
    public Guarantee convert(String text) {
      return Arrays.stream(Guarantee.values())
          .filter(guarantee -> guarantee.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no delivery guarantee: expected %s"
                          .formatted(
                              text,
                              Arrays.stream(Guarantee.values())
                                  .map(Guarantee::toString)
                                  .collect(Collectors.joining(" or ")))));
    }
  }

  private static int number(String text, String what, int from, int to) {
    if (text.matches("\\d{1,6}")) {
      int number = Integer.parseInt(text);
      if (number >= from && number <= to) {
        return number;
      }
    }
    throw new TypeConversionException(
        "'%s' is no %s: expected a whole number from %d to %d".formatted(text, what, from, to));
  }
}
