package io.logitflow.launcher.replay;

import io.logitflow.plot.FigureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a report. */
public final class EvaluationFiles {

  private EvaluationFiles() {}

  /**
   * Writes {@code report.html}, which needs nothing beside it, and {@code report.md} with its
   * pictures, replacing them.
   *
   * @return the files, the HTML first
   */
  public static List<Path> write(EvaluationPage page, Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Block> blocks = page.blocks();
    List<Path> files = new ArrayList<>();
    files.add(
        Files.writeString(directory.resolve("report.html"), HtmlPage.of(page.title(), blocks)));
    files.add(
        Files.writeString(directory.resolve("report.md"), MarkdownPage.of(page.title(), blocks)));
    for (Block block : blocks) {
      if (block instanceof Block.Picture picture) {
        files.addAll(FigureFile.write(picture.figure(), directory, picture.name()));
      }
    }
    return files;
  }
}
