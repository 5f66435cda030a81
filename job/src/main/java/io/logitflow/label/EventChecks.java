package io.logitflow.label;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;

/** What a record that is kept by its id in event time must not have. */
public final class EventChecks {

  /** Texts are kept in state and are parts of keys. */
  private static final int MAX_TEXT_LENGTH = 1_000;

  /**
   * A record whose event time is further ahead of the clock is refused: it would drag the watermark
   * along, and all that comes after it would be late.
   */
  private static final Duration MAX_AHEAD = Duration.ofDays(1);

  private EventChecks() {}

  /**
   * Checks the id of a record.
   *
   * @throws BadRecordException if it is empty or too long
   */
  public static void id(String recordId) throws BadRecordException {
    if (recordId.isEmpty()) {
      throw new BadRecordException(DeadLetterReason.MISSING_ID, "recordId is empty");
    }
    text("recordId", recordId);
  }

  /**
   * Checks the texts of a label.
   *
   * @throws BadRecordException if one is too long
   */
  public static void label(TrueLabel label) throws BadRecordException {
    text("label", label.name());
    text("source", label.source());
  }

  /**
   * Checks a text.
   *
   * @param text the text; null: none
   * @throws BadRecordException if it is too long
   */
  public static void text(String field, String text) throws BadRecordException {
    if (text != null && text.length() > MAX_TEXT_LENGTH) {
      throw new BadRecordException(
          DeadLetterReason.TOO_LARGE,
          "%s has %d characters, at most %d".formatted(field, text.length(), MAX_TEXT_LENGTH));
    }
  }

  /**
   * Checks an event time.
   *
   * @param time event time in ms since the epoch
   * @throws BadRecordException if it is more than a day ahead of the clock
   */
  public static void time(long time) throws BadRecordException {
    long limit = System.currentTimeMillis() + MAX_AHEAD.toMillis();
    if (time > limit) {
      throw new BadRecordException(
          DeadLetterReason.IMPLAUSIBLE_TIME,
          "time is %s (%d), more than %d h ahead of the clock"
              .formatted(Instant.ofEpochMilli(time), time, MAX_AHEAD.toHours()));
    }
  }
}
