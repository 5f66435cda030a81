package io.logitflow.launcher.replay;

import io.logitflow.plot.FigureFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A page as one file of HTML, which needs nothing beside it: no script, no network. */
final class HtmlPage {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --faint: #59636e; --paper: #fff;
        --line: #d1d9e0; --head: #f3f5f8 }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9aa5b1;
        --paper: #12161b; --line: #39424d; --head: #1c232b } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 1180px; margin: 2em auto; padding: 0 1.2em }
      h1 { font-size: 1.6em; margin-bottom: .2em } h2 { font-size: 1.2em; margin-top: 2em }
      .verdict { font-size: 1.1em; font-weight: 600 }
      .scroll { overflow-x: auto }
      table { border-collapse: collapse; margin: 1em 0; font-size: .9em }
      th, td { padding: .3em .6em; border-bottom: 1px solid var(--line); text-align: left;
        vertical-align: top }
      td:first-child { white-space: nowrap }
      th { background: var(--head); color: var(--faint); font-size: .85em; white-space: nowrap }
      .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
      figure { display: inline-block; margin: .6em .6em .6em 0; padding: .6em; background: #fff;
        border: 1px solid var(--line); border-radius: 6px; max-width: 100%; box-sizing: border-box }
      figure img { display: block; max-width: 100%; height: auto }
      """;

  private HtmlPage() {}

  /** The page. */
  static String of(String title, List<Block> blocks) throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escape(title))
        .append("</h1>\n");
    boolean first = true;
    for (Block block : blocks) {
      append(html, block, first);
      first = false;
    }
    return html.append("</body>\n</html>\n").toString();
  }

  private static void append(StringBuilder html, Block block, boolean first) throws IOException {
    if (block instanceof Block.Heading heading) {
      html.append("<h2>").append(escape(heading.text())).append("</h2>\n");
    } else if (block instanceof Block.Text text) {
      html.append(first ? "<p class=\"verdict\">" : "<p>")
          .append(escape(text.text()))
          .append("</p>\n");
    } else if (block instanceof Block.Table table) {
      append(html, table);
    } else if (block instanceof Block.Picture picture) {
      String svg =
          Base64.getEncoder()
              .encodeToString(FigureFile.svg(picture.figure()).getBytes(StandardCharsets.UTF_8));
      html.append("<figure><img width=\"")
          .append(picture.figure().width())
          .append("\" alt=\"")
          .append(escape(picture.text()))
          .append("\" src=\"data:image/svg+xml;base64,")
          .append(svg)
          .append("\"></figure>\n");
    }
  }

  private static void append(StringBuilder html, Block.Table table) {
    html.append("<div class=\"scroll\"><table>\n");
    append(html, "th", table, table.head());
    table.rows().forEach(row -> append(html, "td", table, row));
    html.append("</table></div>\n");
  }

  private static void append(
      StringBuilder html, String tag, Block.Table table, List<String> cells) {
    html.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      boolean number = table.head().get(i).startsWith(" ");
      html.append('<')
          .append(tag)
          .append(number ? " class=\"n\">" : ">")
          .append(escape(cells.get(i).strip()))
          .append("</")
          .append(tag)
          .append('>');
    }
    html.append("</tr>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
