package io.logitflow.launcher.calibration;

import io.logitflow.console.Quantity;
import io.logitflow.console.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The confusion matrix as text: a row for each true class, a column for each predicted one. */
final class ConfusionText {

  /** Beyond it the table is wider than a terminal. */
  static final int MAX_CLASSES = 12;

  private static final int MAX_NAME = 16;

  private ConfusionText() {}

  /**
   * The table.
   *
   * @param counts {@code [classes][classes]}, by true and by predicted class
   * @param names of the classes
   */
  static List<String> lines(long[][] counts, List<String> names) {
    List<String> head = new ArrayList<>(List.of("TRUE CLASS"));
    for (int k = 0; k < counts.length; k++) {
      head.add(" " + k);
    }
    head.add(" FOUND %");
    TextTable table = new TextTable(head);
    for (int k = 0; k < counts.length; k++) {
      List<String> row = new ArrayList<>(List.of(label(k, names.get(k))));
      LongStream.of(counts[k]).forEach(count -> row.add(count == 0 ? "." : Quantity.count(count)));
      row.add(Quantity.perCent((double) counts[k][k] / LongStream.of(counts[k]).sum()));
      table.add(row);
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("Columns are predicted classes.");
    return lines;
  }

  private static String label(int k, String name) {
    String cut = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME - 1) + "~";
    return name.equals(Integer.toString(k)) ? name : k + " " + cut;
  }
}
