package io.logitflow.console;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns that are as wide as their content. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> right;

  /**
   * A table with its head.
   *
   * @param head one text per column; those that begin with a blank are of numbers, which stand at
   *     the right of their column
   */
  public TextTable(List<String> head) {
    this.right = head.stream().map(text -> text.startsWith(" ")).toList();
    rows.add(head.stream().map(String::strip).toList());
  }

  /** Adds a row of as many cells as the head has. */
  public TextTable add(List<String> cells) {
    if (cells.size() != right.size()) {
      throw new IllegalArgumentException(
          "%d cells, expected %d".formatted(cells.size(), right.size()));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The lines, the head first. */
  public List<String> lines() {
    int[] widths = new int[right.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String blanks = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : GAP);
      line.append(right.get(column) ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }
}
