package io.logitflow.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;

/**
 * How often predictions of a confidence are right, with intervals, against the diagonal of perfect
 * calibration; and below it how many predictions there are of each confidence.
 */
public final class ReliabilityDiagram implements Figure {

  private static final int TITLE = 34;
  private static final int LEFT = 70;
  private static final int SIDE = 360;
  private static final int RIGHT = 22;
  private static final int GAP = 14;
  private static final int HISTOGRAM = 84;
  private static final int BELOW = 46;
  private static final int DISTANCE = 44;
  private static final int CAP = 4;

  private static final Color ACCURACY = Palette.of(0);
  private static final Color BARS = Palette.pale(ACCURACY, 0.35);
  private static final Color COUNTS = Palette.pale(Color.BLACK, 0.45);
  private static final BasicStroke THICK = new BasicStroke(1.6f);
  private static final BasicStroke DASHED =
      new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

  /** Height of a line of text. */
  private static final int LINE = 16;

  private final String title;
  private final List<Bin> bins;
  private final List<String> notes;
  private final PlotArea diagram = new PlotArea(LEFT, TITLE, LEFT + SIDE, TITLE + SIDE);
  private final PlotArea histogram =
      new PlotArea(LEFT, TITLE + SIDE + GAP, LEFT + SIDE, TITLE + SIDE + GAP + HISTOGRAM);

  /**
   * A bin of confidences.
   *
   * @param from lower edge, exclusive
   * @param to upper edge, inclusive
   * @param count predictions in it; of none the other numbers are not looked at
   * @param confidence mean confidence
   * @param accuracy share of right predictions
   * @param lower end of its interval
   * @param upper end of its interval
   */
  public record Bin(
      double from,
      double to,
      long count,
      double confidence,
      double accuracy,
      double lower,
      double upper) {}

  /**
   * A diagram.
   *
   * @param notes lines of text below the diagram
   */
  public ReliabilityDiagram(String title, List<Bin> bins, List<String> notes) {
    this.title = title;
    this.bins = List.copyOf(bins);
    this.notes = List.copyOf(notes);
  }

  @Override
  public int width() {
    return LEFT + SIDE + RIGHT;
  }

  @Override
  public int height() {
    return histogram.bottom() + BELOW + LINE * (notes.size() + 2);
  }

  @Override
  public void draw(Graphics2D graphics) {
    LinearAxis confidence = new LinearAxis(0, 1, diagram.left(), diagram.right());
    LinearAxis accuracy = new LinearAxis(0, 1, diagram.bottom(), diagram.top());
    graphics.setColor(Typeface.INK);
    Typeface.centred(graphics, title, Typeface.HEADING, width() / 2, 20, width() - 10);
    drawBars(graphics, confidence, accuracy);
    drawGrid(graphics, confidence, accuracy);
    graphics.setStroke(DASHED);
    graphics.setColor(Typeface.FAINT);
    graphics.drawLine(diagram.left(), diagram.bottom(), diagram.right(), diagram.top());
    drawPoints(graphics, confidence, accuracy);
    diagram.drawFrame(graphics);
    drawLegend(graphics);
    drawNotes(graphics);
    drawHistogram(graphics, confidence);
  }

  private void drawGrid(Graphics2D graphics, LinearAxis confidence, LinearAxis accuracy) {
    graphics.setStroke(new BasicStroke(1));
    diagram.drawLeft(graphics, accuracy.labels(DISTANCE));
    for (Tick tick : confidence.labels(DISTANCE)) {
      graphics.setColor(new Color(0xe0e0e0));
      graphics.drawLine(tick.pixel(), diagram.top(), tick.pixel(), diagram.bottom());
    }
    diagram.drawLeftTitle(graphics, "accuracy", 18);
  }

  private void drawBars(Graphics2D graphics, LinearAxis confidence, LinearAxis accuracy) {
    graphics.setColor(BARS);
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        int left = confidence.pixel(bin.from()) + 1;
        int top = accuracy.pixel(bin.accuracy());
        graphics.fillRect(left, top, confidence.pixel(bin.to()) - left, diagram.bottom() - top);
      }
    }
  }

  private void drawPoints(Graphics2D graphics, LinearAxis confidence, LinearAxis accuracy) {
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        int x = confidence.pixel(bin.confidence());
        int low = accuracy.pixel(bin.lower());
        int high = accuracy.pixel(bin.upper());
        drawInterval(graphics, x, low, high);
        Marker.CIRCLE.draw(graphics, x, accuracy.pixel(bin.accuracy()), ACCURACY, true);
      }
    }
  }

  private static void drawInterval(Graphics2D graphics, int x, int low, int high) {
    graphics.setColor(ACCURACY);
    graphics.setStroke(THICK);
    graphics.drawLine(x, low, x, high);
    graphics.drawLine(x - CAP, low, x + CAP, low);
    graphics.drawLine(x - CAP, high, x + CAP, high);
  }

  /** Below everything: in the diagram there is no corner that no model's points come to. */
  private void drawLegend(Graphics2D graphics) {
    int x = diagram.left() + 10;
    int y = histogram.bottom() + BELOW;
    drawInterval(graphics, x, y + 7, y - 7);
    Marker.CIRCLE.draw(graphics, x, y, ACCURACY, true);
    int second = (diagram.left() + diagram.right()) / 2 + 50;
    graphics.setStroke(DASHED);
    graphics.setColor(Typeface.FAINT);
    graphics.drawLine(second - 10, y, second + 10, y);
    graphics.setColor(Typeface.INK);
    graphics.setFont(Typeface.TEXT);
    graphics.drawString("accuracy with 95% interval", x + 18, y + 4);
    graphics.drawString("perfect calibration", second + 18, y + 4);
  }

  private void drawNotes(Graphics2D graphics) {
    graphics.setColor(Typeface.INK);
    graphics.setFont(Typeface.TEXT);
    for (int i = 0; i < notes.size(); i++) {
      graphics.drawString(
          notes.get(i), diagram.left(), histogram.bottom() + BELOW + LINE * (i + 2));
    }
  }

  private void drawHistogram(Graphics2D graphics, LinearAxis confidence) {
    long most = Math.max(1, bins.stream().mapToLong(Bin::count).max().orElse(1));
    LinearAxis counts = new LinearAxis(0, 1.08 * most, histogram.bottom(), histogram.top());
    graphics.setStroke(new BasicStroke(1));
    histogram.drawLeft(
        graphics, counts.labels(30).stream().filter(tick -> !tick.text().contains(".")).toList());
    histogram.drawBelow(graphics, confidence.labels(DISTANCE), DISTANCE);
    graphics.setColor(COUNTS);
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        int left = confidence.pixel(bin.from()) + 1;
        int top = Math.min(histogram.bottom() - 1, counts.pixel((double) bin.count()));
        graphics.fillRect(left, top, confidence.pixel(bin.to()) - left, histogram.bottom() - top);
      }
    }
    histogram.drawLeftTitle(graphics, "predictions", 18);
    histogram.drawBelowTitle(graphics, "confidence");
    histogram.drawFrame(graphics);
  }
}
