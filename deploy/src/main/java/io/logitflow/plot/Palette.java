package io.logitflow.plot;

import java.awt.Color;

/**
 * Colours of things that have no order: those of Okabe and Ito (2008), which people can tell apart
 * who do not see red, green or blue. Yellow is left out, as it is pale on white.
 */
final class Palette {

  private static final Color[] COLOURS = {
    new Color(0x0072b2), // blue
    new Color(0xd55e00), // vermillion
    new Color(0x009e73), // bluish green
    new Color(0xcc79a7), // reddish purple
    new Color(0xe69f00), // orange
    new Color(0x56b4e9), // sky blue
    new Color(0x000000),
  };

  private Palette() {}

  /** The colour of the i-th thing, from 0; after the last colour the first one comes again. */
  static Color of(int i) {
    return COLOURS[i % COLOURS.length];
  }

  /** A colour mixed with white, for areas behind what matters. */
  static Color pale(Color colour, double share) {
    return new Color(
        pale(colour.getRed(), share),
        pale(colour.getGreen(), share),
        pale(colour.getBlue(), share));
  }

  private static int pale(int component, double share) {
    return (int) Math.round(255 - (255 - component) * share);
  }
}
