package io.logitflow.benchmarks.plot;

import java.util.Locale;

/** An SVG on white that is drawn from the back to the front. Places are in pixels. */
final class Svg {

  /** Height of a line of text. */
  static final int LINE = 18;

  static final String INK = "#000000";
  static final String GRID = "#dddddd";

  /** Okabe and Ito's colours, which those tell apart who see fewer of them. */
  private static final String[] COLOURS = {
    INK, "#e69f00", "#56b4e9", "#009e73", "#0072b2", "#d55e00", "#cc79a7", "#999999"
  };

  private final StringBuilder svg = new StringBuilder();

  /** Which side of a text its place is. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  Svg(int width, int height) {
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0"
            + " %1$d %2$d\" font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\""
            + " height=\"100%%\" fill=\"white\"/>%n",
        width, height);
  }

  /** The colour of one of several things, by its number from 0. */
  static String colour(int number) {
    return COLOURS[number % COLOURS.length];
  }

  void title(double x, double y, String text) {
    append("<text x=\"%.1f\" y=\"%.1f\" font-size=\"14\">%s</text>%n", x, y, escaped(text));
  }

  void text(double x, double y, Anchor anchor, String colour, String text) {
    append(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
        x, y, anchor.name().toLowerCase(Locale.ROOT), colour, escaped(text));
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    append(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
        x1, y1, x2, y2, colour);
  }

  /** A bar that is as wide as it is from {@code x1} to {@code x2}. */
  void bar(double x1, double x2, double top, double height, String colour) {
    append(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
        Math.min(x1, x2), top, Math.abs(x2 - x1), height, colour);
  }

  void circle(double x, double y, double radius, String colour) {
    append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>%n", x, y, radius, colour);
  }

  /** A curve through places that are given as {@code x1, y1, x2, y2, ...}. */
  void curve(double[] places, String colour) {
    append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", colour);
    for (int i = 0; i < places.length; i += 2) {
      append(i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", places[i], places[i + 1]);
    }
    append("\"/>%n");
  }

  /** The whole picture. Nothing can be drawn afterwards. */
  String end() {
    return svg.append("</svg>\n").toString();
  }

  private void append(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
