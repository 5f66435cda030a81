package io.logitflow.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Counts in a square: colours are shares of the row, the counts are written in where they fit. */
public final class CountMatrix implements Figure {

  private static final int SIDE = 520;
  private static final int MIN_CELL = 12;
  private static final int MAX_CELL = 60;
  private static final int TITLE = 34;
  private static final int MARGIN = 14;
  private static final int MAX_NAME = 130;
  private static final int NAME_GAP = 6;
  private static final int AXIS_TITLE = 26;
  private static final int LEGEND_WIDTH = 300;
  private static final ColourScale SHARES = ColourScale.sequential(0, 1);

  private final String title;
  private final String rowTitle;
  private final String columnTitle;
  private final List<String> names;
  private final long[][] counts;
  private final int cell;
  private final int nameLength;
  private final ColourBar legend = new ColourBar(SHARES, "share of the row", LEGEND_WIDTH);

  /**
   * A matrix.
   *
   * @param rowTitle what the rows are
   * @param columnTitle what the columns are
   * @param names of rows and of columns
   * @param counts {@code [names][names]}
   */
  public CountMatrix(
      String title, String rowTitle, String columnTitle, List<String> names, long[][] counts) {
    this.title = title;
    this.rowTitle = rowTitle;
    this.columnTitle = columnTitle;
    this.names = List.copyOf(names);
    this.counts =
        IntStream.range(0, counts.length).mapToObj(i -> counts[i].clone()).toArray(long[][]::new);
    this.nameLength = nameLength();
    this.cell = Math.max(MIN_CELL, Math.min(MAX_CELL, SIDE / Math.max(1, names.size())));
  }

  /** Length of the longest name in pixels, cut to what a name may take. */
  private int nameLength() {
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = nowhere.getFontMetrics(Typeface.TEXT);
    int longest = names.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    nowhere.dispose();
    return Math.min(MAX_NAME, longest);
  }

  private int side() {
    return cell * names.size();
  }

  private int left() {
    return MARGIN + AXIS_TITLE + nameLength + NAME_GAP;
  }

  @Override
  public int width() {
    return left() + Math.max(side(), LEGEND_WIDTH) + 2 * MARGIN;
  }

  @Override
  public int height() {
    return TITLE + side() + NAME_GAP + nameLength + AXIS_TITLE + legend.height() + 2 * MARGIN;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Typeface.INK);
    Typeface.centred(graphics, title, Typeface.HEADING, width() / 2, 20, width() - 10);
    for (int row = 0; row < names.size(); row++) {
      drawRow(graphics, row);
    }
    graphics.setColor(Typeface.FAINT);
    graphics.drawRect(left(), TITLE, side(), side());
    drawNames(graphics);
    Graphics2D below = (Graphics2D) graphics.create();
    below.translate(left() + (side() - legend.width()) / 2, height() - legend.height() - 4);
    legend.draw(below);
    below.dispose();
  }

  private void drawRow(Graphics2D graphics, int row) {
    long sum = LongStream.of(counts[row]).sum();
    for (int column = 0; column < names.size(); column++) {
      double share = sum == 0 ? 0 : (double) counts[row][column] / sum;
      int x = left() + column * cell;
      int y = TITLE + row * cell;
      graphics.setColor(SHARES.of(share));
      graphics.fillRect(x, y, cell, cell);
      graphics.setColor(share > 0.55 ? Color.WHITE : Typeface.INK);
      graphics.setFont(Typeface.SMALL);
      String text = Long.toString(counts[row][column]);
      FontMetrics metrics = graphics.getFontMetrics();
      if (counts[row][column] > 0 && metrics.stringWidth(text) <= cell - 3) {
        graphics.drawString(
            text,
            x + (cell - metrics.stringWidth(text)) / 2,
            y + (cell + metrics.getAscent()) / 2 - 1);
      }
    }
  }

  private void drawNames(Graphics2D graphics) {
    graphics.setColor(Typeface.INK);
    graphics.setFont(Typeface.TEXT);
    FontMetrics metrics = graphics.getFontMetrics();
    for (int i = 0; i < names.size(); i++) {
      String name = Typeface.cut(names.get(i), metrics, nameLength);
      int middle = i * cell + cell / 2 + 4;
      Typeface.right(graphics, name, Typeface.TEXT, left() - NAME_GAP, TITLE + middle);
      Graphics2D turned = (Graphics2D) graphics.create();
      turned.translate(left() + middle, TITLE + side() + NAME_GAP);
      turned.rotate(-Math.PI / 2);
      Typeface.right(turned, name, Typeface.TEXT, 0, 0);
      turned.dispose();
    }
    int centre = TITLE + side() / 2;
    Typeface.upwards(graphics, rowTitle, Typeface.HEADING, MARGIN + 10, centre, side());
    Typeface.centred(
        graphics,
        columnTitle,
        Typeface.HEADING,
        left() + side() / 2,
        TITLE + side() + NAME_GAP + nameLength + 20,
        side());
  }
}
