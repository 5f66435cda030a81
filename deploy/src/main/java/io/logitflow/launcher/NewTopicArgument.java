package io.logitflow.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic on the command line, {@code NAME} or {@code NAME:PARTITIONS}.
 *
 * @param name name of the topic
 * @param partitions number of partitions, at least 1
 */
record NewTopicArgument(String name, int partitions) {
  private static final Pattern SYNTAX =
      Pattern.compile("(?<name>[A-Za-z0-9._-]{1,249})(?::(?<partitions>[1-9][0-9]{0,3}))?");

  /**
   * Parses an argument. Called by picocli, which takes a constructor with one string.
   *
   * @throws IllegalArgumentException if it is none
   */
  NewTopicArgument(String text) {
    this(parse(text));
  }

  private NewTopicArgument(Matcher matcher) {
    this(
        matcher.group("name"),
        matcher.group("partitions") == null ? 1 : Integer.parseInt(matcher.group("partitions")));
  }

  private static Matcher parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no topic: expected NAME or NAME:PARTITIONS, with 1 to 9999 partitions"
              .formatted(text));
    }
    return matcher;
  }
}
