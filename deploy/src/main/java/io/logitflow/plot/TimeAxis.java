package io.logitflow.plot;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Places times along a line of pixels, with ticks at round times, in UTC.
 *
 * @param from time at pixel {@code start}
 * @param to time at pixel {@code end}; after {@code from}
 * @param start in pixels
 * @param end in pixels
 */
record TimeAxis(Instant from, Instant to, int start, int end) {

  private static final List<Duration> STEPS =
      Stream.of(
              "PT1S", "PT2S", "PT5S", "PT10S", "PT15S", "PT30S", "PT1M", "PT2M", "PT5M", "PT10M",
              "PT15M", "PT30M", "PT1H", "PT2H", "PT3H", "PT6H", "PT12H", "P1D", "P2D", "P5D",
              "P10D", "P30D", "P90D", "P180D", "P365D")
          .map(Duration::parse)
          .toList();

  private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
  private static final DateTimeFormatter MINUTES = format("HH:mm");
  private static final DateTimeFormatter DAYS = format("MM-dd");
  private static final DateTimeFormatter DATES = format("yyyy-MM-dd");

  TimeAxis {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an axis from %s to %s".formatted(from, to));
    }
  }

  /** Pixel of a time; times beyond the ends are at the ends. */
  int pixel(Instant time) {
    return new LinearAxis((double) from.toEpochMilli(), (double) to.toEpochMilli(), start, end)
        .pixel((double) time.toEpochMilli());
  }

  /**
   * Ticks in ascending order.
   *
   * @param distance pixels between two of them at least
   */
  List<Tick> ticks(int distance) {
    Duration least = Duration.between(from, to).multipliedBy(distance).dividedBy(end - start);
    Duration step =
        STEPS.stream()
            .filter(candidate -> candidate.compareTo(least) >= 0)
            .findFirst()
            .orElse(STEPS.get(STEPS.size() - 1));
    List<Tick> ticks = new ArrayList<>();
    long millis = step.toMillis();
    long tick = -Math.floorDiv(-from.toEpochMilli(), millis) * millis;
    for (; tick <= to.toEpochMilli(); tick += millis) {
      Instant time = Instant.ofEpochMilli(tick);
      ticks.add(new Tick(pixel(time), text(time, step)));
    }
    return ticks;
  }

  /** What the axis shows: the day or the days, and that they are in UTC. */
  String title() {
    String first = DATES.format(from);
    String last = DATES.format(to.minusMillis(1));
    return first.equals(last) ? first + ", UTC" : "%s to %s, UTC".formatted(first, last);
  }

  private static String text(Instant time, Duration step) {
    boolean midnight = time.getEpochSecond() % Duration.ofDays(1).toSeconds() == 0;
    if (midnight || step.compareTo(Duration.ofDays(1)) >= 0) {
      return DAYS.format(time);
    }
    return (step.compareTo(Duration.ofMinutes(1)) < 0 ? SECONDS : MINUTES).format(time);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
