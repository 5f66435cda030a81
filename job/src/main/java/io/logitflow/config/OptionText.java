package io.logitflow.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.TextElement;
import org.apache.flink.util.TimeUtils;

/** What the options page says of an option, as plain text. */
final class OptionText {

  private OptionText() {}

  /** What the option does. */
  static String description(ConfigOption<?> option) {
    return new PlainFormatter().format(option.description());
  }

  /** The default as it would be written on the command line; empty: none. */
  static Optional<String> defaultValue(ConfigOption<?> option) {
    return Optional.ofNullable(option.defaultValue()).map(OptionText::text);
  }

  private static String text(Object value) {
    if (value instanceof Duration duration) {
      return TimeUtils.formatWithHighestUnit(duration);
    }
    return value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : value.toString();
  }

  /** Descriptions here are texts without markup. */
  private static final class PlainFormatter extends Formatter {

    @Override
    protected void formatText(
        StringBuilder page,
        String format,
        String[] elements,
        EnumSet<TextElement.TextStyle> styles) {
      page.append(elements.length == 0 ? format : String.format(format, (Object[]) elements));
    }

    @Override
    protected void formatLink(StringBuilder page, String link, String description) {
      page.append(description).append(" (").append(link).append(')');
    }

    @Override
    protected void formatLineBreak(StringBuilder page) {
      page.append(' ');
    }

    @Override
    protected void formatList(StringBuilder page, String[] entries) {
      page.append(String.join("; ", entries));
    }

    @Override
    protected Formatter newInstance() {
      return new PlainFormatter();
    }
  }
}
