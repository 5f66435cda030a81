package io.logitflow.launcher.replay;

import java.util.List;
import java.util.stream.Collectors;

/** A page as Markdown, whose pictures are files beside it. */
final class MarkdownPage {

  private MarkdownPage() {}

  /** The page. */
  static String of(String title, List<Block> blocks) {
    StringBuilder page = new StringBuilder("# ").append(escape(title)).append('\n');
    for (Block block : blocks) {
      page.append('\n');
      if (block instanceof Block.Heading heading) {
        page.append("## ").append(escape(heading.text())).append('\n');
      } else if (block instanceof Block.Text text) {
        page.append(escape(text.text())).append('\n');
      } else if (block instanceof Block.Table table) {
        append(page, table);
      } else if (block instanceof Block.Picture picture) {
        page.append("![%s](%s.svg)\n".formatted(escape(picture.text()), picture.name()));
      }
    }
    return page.toString();
  }

  private static void append(StringBuilder page, Block.Table table) {
    page.append(row(table.head()));
    page.append(
        table.head().stream()
            .map(text -> text.startsWith(" ") ? "---:" : "---")
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    table.rows().forEach(cells -> page.append(row(cells)));
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> escape(cell.strip()))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String escape(String text) {
    return text.replace("\n", " ").replace("<", "&lt;").replaceAll("([|*_`])", "\\\\$1");
  }
}
