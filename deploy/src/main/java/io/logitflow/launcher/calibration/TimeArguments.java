package io.logitflow.launcher.calibration;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times on the command line. */
final class TimeArguments {

  private TimeArguments() {}

  /** A length of time, at least 100 ms. */
  static final class Length implements ITypeConverter<Duration> {
    private static final Duration MIN = Duration.ofMillis(100);

    @Override
    public Duration convert(String text) {
      Duration length = Duration.ZERO;
      try {
        length = TimeUtils.parseDuration(text);
      } catch (IllegalArgumentException | ArithmeticException e) {
        length = Duration.ZERO;
      }
      if (length.compareTo(MIN) < 0) {
        throw new TypeConversionException(
            "'%s' is no duration of 100 ms or more: expected a number and a unit, such as 30s, 5m, 1h or 7d"
                .formatted(text));
      }
      return length;
    }
  }

  /** A point in time, or a day for its beginning. */
  static final class Point implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.length() == "2026-01-31".length()
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : Instant.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'%s' is no time: expected one such as 2026-01-31T09:30:00Z, or a day such as 2026-01-31"
                .formatted(text));
      }
    }
  }
}
