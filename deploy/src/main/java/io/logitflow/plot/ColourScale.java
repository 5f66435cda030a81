package io.logitflow.plot;

import java.awt.Color;

/**
 * Colours of numbers. Both kinds can be told apart by people who do not see red or green, and
 * printed in grey.
 */
public final class ColourScale {

  /** Below 0; ColorBrewer's RdBu, as the bars. */
  static final Color NEGATIVE = new Color(0x2166ac);

  /** Above 0. */
  static final Color POSITIVE = new Color(0xb2182b);

  /** Not a number. */
  private static final Color MISSING = new Color(0x999999);

  /** ColorBrewer's RdBu with 11 classes, turned round (Apache-2.0, Cynthia Brewer). */
  private static final Color[] DIVERGING =
      colours(
          0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d,
          0xb2182b, 0x67001f);

  /** ColorBrewer's Blues with 9 classes, from white (Apache-2.0, Cynthia Brewer). */
  private static final Color[] SEQUENTIAL =
      colours(
          0xffffff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b);

  private static final Color[] GREY = colours(0xffffff, 0x111111);

  private final double from;
  private final double to;
  private final Color[] colours;

  private ColourScale(double from, double to, Color[] colours) {
    this.from = from;
    this.to = to;
    this.colours = colours;
  }

  /**
   * Blue below 0, white at 0, red above.
   *
   * @param limit magnitude of the darkest colours; beyond it there is no other
   */
  public static ColourScale diverging(double limit) {
    double finite = limit > 0 && Double.isFinite(limit) ? limit : 1;
    return new ColourScale(-finite, finite, DIVERGING);
  }

  /** White to dark blue. */
  public static ColourScale sequential(double white, double darkest) {
    return new ColourScale(white, darkest > white ? darkest : white + 1, SEQUENTIAL);
  }

  /** White to black. */
  public static ColourScale grey(double white, double black) {
    return new ColourScale(white, black > white ? black : white + 1, GREY);
  }

  /** The number of the first colour. */
  public double from() {
    return from;
  }

  /** The number of the last colour. */
  public double to() {
    return to;
  }

  /** The colour of a number. */
  public Color of(double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    double place = Math.min(1, Math.max(0, (value - from) / (to - from))) * (colours.length - 1);
    int lower = Math.min((int) place, colours.length - 2);
    double share = place - lower;
    return new Color(
        mix(colours[lower].getRed(), colours[lower + 1].getRed(), share),
        mix(colours[lower].getGreen(), colours[lower + 1].getGreen(), share),
        mix(colours[lower].getBlue(), colours[lower + 1].getBlue(), share));
  }

  private static int mix(int first, int second, double share) {
    return (int) Math.round(first + (second - first) * share);
  }

  private static Color[] colours(int... rgb) {
    Color[] colours = new Color[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      colours[i] = new Color(rgb[i]);
    }
    return colours;
  }
}
