package io.logitflow.launcher.models;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Model;
import io.logitflow.connector.AliasAssignment;
import io.logitflow.connector.ModelCatalogue;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Model versions as a table of at most 100 columns. */
final class ModelTable {

  private static final int WIDTH = 100;
  private static final String GAP = "  ";
  private static final int MODEL = 0;
  private static final int SOURCE = 7;

  private static final List<String> HEAD =
      List.of(
          "MODEL",
          "VER",
          "ALIASES",
          "FEATURES",
          "CLASSES",
          "T",
          "WEIGHTS",
          "SOURCE",
          "CREATED (UTC)");

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ModelTable() {}

  /** The lines of the table, and below it aliases that name a version which is not there. */
  static List<String> of(ModelCatalogue catalogue, Collection<String> names) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    List<String> notes = new ArrayList<>();
    for (String name : names) {
      for (Model model : catalogue.versions(name).values()) {
        rows.add(row(model, catalogue.aliasesOf(name, model.version())));
      }
      for (AliasAssignment alias : catalogue.aliases(name).values()) {
        if (catalogue.version(name, alias.version()).isEmpty()) {
          notes.add(
              "The alias %s of %s names version %d, which is not there."
                  .formatted(alias.alias(), name, alias.version()));
        }
      }
    }
    List<String> lines = new ArrayList<>(layOut(rows));
    lines.addAll(notes);
    return lines;
  }

  private static List<String> row(Model model, List<String> aliases) {
    return List.of(
        model.name(),
        Long.toString(model.version()),
        String.join(",", aliases),
        Integer.toString(model.featureCount()),
        Integer.toString(model.classCount()),
        calibration(model.calibration()),
        HexFormat.of().formatHex(model.weightsChecksum(), 0, 4),
        model.provenance().origin(),
        MINUTES.format(model.createdAt()));
  }

  /** The temperature, and whether there are biases beside it. */
  private static String calibration(Calibration calibration) {
    return String.format(Locale.ROOT, "%.3g", calibration.temperature())
        + (calibration.hasBiases() ? "+b" : "");
  }

  /** Makes columns as wide as their content; the model's name gives way if that is too much. */
  private static List<String> layOut(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    widths[SOURCE] = Math.min(widths[SOURCE], 11);
    int total = GAP.length() * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    widths[MODEL] = Math.max(8, widths[MODEL] - Math.max(0, total - WIDTH));
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      if (cell.length() > widths[column]) {
        cell = cell.substring(0, widths[column] - 1) + "~";
      }
      line.append(column == 0 ? "" : GAP).append(cell);
      line.append(" ".repeat(widths[column] - cell.length()));
    }
    return line.toString().stripTrailing();
  }
}
