package io.logitflow.benchmarks.latency;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A load: records per second, {@code 5000} or {@code 5k}, or a share of what the job can do on this
 * machine, {@code 50%}.
 *
 * @param value records per second, or percent
 * @param ofMaximum whether it is a share
 */
record Rate(double value, boolean ofMaximum) {

  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,7})(k|%)?");

  private static final double MAX_PERCENT = 100;

  /**
   * Records per second.
   *
   * @param maximum records per second that the job can do
   */
  double recordsPerSecond(double maximum) {
    return ofMaximum ? value / 100 * maximum : value;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, ofMaximum ? "%.0f%%" : "%.0f", value);
  }

  /** Reads the text form from the command line. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + text + "', expected records per second, 5000 or 5k, or a share, 50%");
      }
      double number = Double.parseDouble(matcher.group(1));
      String unit = matcher.group(2);
      if (unit == null) {
        return new Rate(number, false);
      }
      if (unit.equals("k")) {
        return new Rate(number * 1_000, false);
      }
      if (number > MAX_PERCENT) {
        throw new TypeConversionException("'" + text + "' is more than 100 % of the maximum");
      }
      return new Rate(number, true);
    }
  }
}
