package io.logitflow.plot;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How features make an image: row by row from the top.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record ImageShape(int width, int height) {

  private static final Pattern SYNTAX = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

  /** Smaller squares are more often a coincidence than an image. */
  private static final int MIN_SIDE = 8;

  /**
   * Reads {@code WIDTHxHEIGHT}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ImageShape parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no size of an image: expected WIDTHxHEIGHT, for instance 28x28".formatted(text));
    }
    return new ImageShape(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** A square of 8 x 8 or more, if that many features make one: 28x28 of 784. */
  public static Optional<ImageShape> squareOf(int features) {
    int side = (int) Math.round(Math.sqrt(features));
    return side >= MIN_SIDE && side * side == features
        ? Optional.of(new ImageShape(side, side))
        : Optional.empty();
  }

  /** Number of pixels. */
  public long pixels() {
    return (long) width * height;
  }

  /** What a feature is called that has no other name, such as {@code row 3 col 14}, from 0. */
  public String name(int feature) {
    return "row %d col %d".formatted(feature / width, feature % width);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
