package io.logitflow.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A topic on the command line, {@code NAME} or {@code NAME:PARTITIONS}.
 *
 * @param name name of the topic
 * @param partitions number of partitions, at least 1
 */
record NewTopicArgument(String name, int partitions) {
  private static final Pattern SYNTAX =
      Pattern.compile("(?<name>[A-Za-z0-9._-]{1,249})(?::(?<partitions>[1-9][0-9]{0,3}))?");

  /** Parses what picocli hands over. */
  static final class Converter implements ITypeConverter<NewTopicArgument> {
    @Override
    public NewTopicArgument convert(String text) {
      Matcher matcher = SYNTAX.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'%s' is no topic: expected NAME or NAME:PARTITIONS, with 1 to 9999 partitions"
                .formatted(text));
      }
      String partitions = matcher.group("partitions");
      return new NewTopicArgument(
          matcher.group("name"), partitions == null ? 1 : Integer.parseInt(partitions));
    }
  }
}
