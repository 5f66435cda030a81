package io.logitflow.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;

/** A point on topics at which reading can begin as well as end. */
public sealed interface TopicPoint extends StartingPoint, EndPoint {

  /** What {@link #read} accepts beside {@code latest}, for people. */
  String SYNTAX =
      "a time such as 2026-01-31T00:00:00Z, a day such as 2026-01-31, a duration before now such as"
          + " 6h, or offsets such as features-0@1200,features-1@950";

  /** A duration always has its unit: a bare number might be meant as a time or an offset. */
  Pattern AGE = Pattern.compile("\\d+ *[a-z]+");

  /** A day, for its beginning in UTC. */
  Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  /** An offset of a partition. */
  Pattern PLACE = Pattern.compile("([A-Za-z0-9._-]+-\\d+)@(\\d{1,18})");

  /** The end that the topic has now. */
  record Latest() implements TopicPoint {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /** The first record whose Kafka timestamp is {@code time} or later. */
  record Timestamp(Instant time) implements TopicPoint {
    @Override
    public String toString() {
      return time.toString();
    }
  }

  /** The first record whose Kafka timestamp is not older than this. */
  record Ago(Duration age) implements TopicPoint {
    @Override
    public String toString() {
      return TimeUtils.formatWithHighestUnit(age);
    }
  }

  /**
   * Offsets of partitions: {@code topic-partition@offset}, as places are written everywhere. What
   * is not named is read from its beginning, or to its end.
   *
   * @param offsets offsets by {@code topic-partition}
   */
  record Offsets(Map<String, Long> offsets) implements TopicPoint {

    public Offsets {
      offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
    }

    private static Optional<TopicPoint> read(String text) {
      Map<String, Long> offsets = new TreeMap<>();
      for (String place : text.split(",", -1)) {
        Matcher parts = PLACE.matcher(place.strip());
        if (!parts.matches() || offsets.put(parts.group(1), Long.valueOf(parts.group(2))) != null) {
          return Optional.empty();
        }
      }
      return Optional.of(new Offsets(offsets));
    }

    @Override
    public String toString() {
      return offsets.entrySet().stream()
          .map(entry -> entry.getKey() + "@" + entry.getValue())
          .collect(Collectors.joining(","));
    }
  }

  /**
   * Reads the text form, inverse of {@code toString}.
   *
   * @return the point; empty if the text is neither {@code latest} nor {@link #SYNTAX}
   */
  static Optional<TopicPoint> read(String text) {
    if (text.equals("latest")) {
      return Optional.of(new Latest());
    }
    return text.contains("@") ? Offsets.read(text) : readTime(text);
  }

  private static Optional<TopicPoint> readTime(String text) {
    try {
      return Optional.of(
          new Timestamp(
              DAY.matcher(text).matches()
                  ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                  : Instant.parse(text)));
    } catch (DateTimeException e) {
      return readAge(text);
    }
  }

  private static Optional<TopicPoint> readAge(String text) {
    try {
      return AGE.matcher(text).matches()
          ? Optional.of(new Ago(TimeUtils.parseDuration(text)))
          : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
