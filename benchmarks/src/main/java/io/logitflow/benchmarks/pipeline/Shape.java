package io.logitflow.benchmarks.pipeline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Size of a model, in text {@code 784x10}.
 *
 * @param features number of features
 * @param classes number of classes
 */
public record Shape(int features, int classes) {

  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,4})");

  @Override
  public String toString() {
    return features + "x" + classes;
  }

  /** Reads the text form from the command line. */
  public static final class Converter implements ITypeConverter<Shape> {
    @Override
    public Shape convert(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "', expected FEATURESxCLASSES: 784x10");
      }
      return new Shape(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
  }
}
