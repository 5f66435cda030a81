package io.logitflow.console;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The characters that a terminal can show. */
public enum Glyphs {
  /** Any character. */
  UNICODE("▁▂▃▄▅▆▇█", "·", "█▓░│"),
  /** Only those of ASCII. */
  ASCII("_.-:=+*#", "-", "#=-|");

  private final String levels;
  private final String separator;
  private final String shades;

  Glyphs(String levels, String separator, String shades) {
    this.levels = levels;
    this.separator = separator;
    this.shades = shades;
  }

  /** What a terminal of this character set can show. */
  public static Glyphs of(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) ? UNICODE : ASCII;
  }

  /** Character set to write them in. */
  public Charset charset() {
    return this == UNICODE ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
  }

  /** Stands between the parts of a line. */
  public String separator() {
    return separator;
  }

  /** What a bar is made of as far as its value is certain. */
  public char solid() {
    return shades.charAt(0);
  }

  /** What a bar is made of from the lower end of its value's interval on. */
  public char dark() {
    return shades.charAt(1);
  }

  /** What continues a bar up to the upper end of its value's interval. */
  public char light() {
    return shades.charAt(2);
  }

  /** Marks a place on a bar. */
  public char mark() {
    return shades.charAt(3);
  }

  /**
   * A line of bars from zero to the largest of the values.
   *
   * @param values at least 0, oldest first; of more than {@code width} the oldest are left out
   * @param width number of characters; fewer values leave blanks at the left
   */
  public String sparkline(List<Double> values, int width) {
    List<Double> shown = values.subList(Math.max(0, values.size() - width), values.size());
    double largest = shown.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder line = new StringBuilder(" ".repeat(width - shown.size()));
    for (double value : shown) {
      int level = largest == 0 ? 0 : (int) Math.round(value / largest * (levels.length() - 1));
      line.append(levels.charAt(level));
    }
    return line.toString();
  }
}
