package io.logitflow.plot;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;

/** Figures in rows and columns under one title, with a legend below. */
public final class FigureGrid implements Figure {

  private static final int TITLE = 30;
  private static final int GAP = 8;

  private final String title;
  private final List<? extends Figure> cells;
  private final Optional<Figure> legend;
  private final int columns;
  private final int cellWidth;
  private final int cellHeight;

  /**
   * A grid, filled row by row.
   *
   * @param cells at least one
   * @param columns largest number of columns
   */
  public FigureGrid(
      String title, List<? extends Figure> cells, Optional<Figure> legend, int columns) {
    this.title = title;
    this.cells = List.copyOf(cells);
    this.legend = legend;
    this.columns = Math.min(columns, cells.size());
    this.cellWidth = this.cells.stream().mapToInt(Figure::width).max().orElseThrow();
    this.cellHeight = this.cells.stream().mapToInt(Figure::height).max().orElseThrow();
  }

  @Override
  public int width() {
    int row = columns * (cellWidth + GAP) + GAP;
    return Math.max(row, legend.map(Figure::width).orElse(0));
  }

  @Override
  public int height() {
    return TITLE + rows() * (cellHeight + GAP) + legend.map(Figure::height).orElse(0);
  }

  private int rows() {
    return (cells.size() + columns - 1) / columns;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Typeface.INK);
    Typeface.centred(graphics, title, Typeface.TITLE, width() / 2, 20, width() - 2 * GAP);
    int left = (width() - columns * (cellWidth + GAP) + GAP) / 2;
    for (int i = 0; i < cells.size(); i++) {
      Figure cell = cells.get(i);
      draw(
          cell,
          graphics,
          left + i % columns * (cellWidth + GAP) + (cellWidth - cell.width()) / 2,
          TITLE + i / columns * (cellHeight + GAP));
    }
    legend.ifPresent(
        figure ->
            draw(figure, graphics, (width() - figure.width()) / 2, height() - figure.height()));
  }

  private static void draw(Figure figure, Graphics2D graphics, int x, int y) {
    Graphics2D part = (Graphics2D) graphics.create();
    part.translate(x, y);
    figure.draw(part);
    part.dispose();
  }
}
