package io.logitflow.launcher.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page of HTML that shows the pictures of a folder and names its other files. */
public final class IndexPage {

  private IndexPage() {}

  /**
   * Writes {@code index.html} into the directory of the files.
   *
   * @param files pictures and tables, all in one directory; an SVG is shown, the others are linked
   * @return the page
   */
  public static Path write(Path directory, String title, String text, List<Path> files)
      throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>")
        .append(escape(title))
        .append("</title>\n<style>body { font-family: sans-serif; margin: 2em }")
        .append(" img { display: block; margin: 2em 0; max-width: 100% }</style>\n<h1>")
        .append(escape(title))
        .append("</h1>\n<p>")
        .append(escape(text))
        .append("</p>\n<ul>\n");
    for (Path file : files) {
      String name = escape(file.getFileName().toString());
      html.append("<li><a href=\"%s\">%s</a></li>\n".formatted(name, name));
    }
    html.append("</ul>\n");
    for (Path file : files) {
      String name = escape(file.getFileName().toString());
      if (name.endsWith(".svg")) {
        html.append("<img src=\"%s\" alt=\"%s\">\n".formatted(name, name));
      }
    }
    html.append("</html>\n");
    return Files.writeString(directory.resolve("index.html"), html);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
