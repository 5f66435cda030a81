package io.logitflow.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the view goes: a page that is drawn over itself if standard output is a terminal that can
 * do so and is large enough, lines one after the other if not.
 */
public final class Terminal {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final String CLEAR_TO_END = "\u001b[J";

  private final PrintStream out;
  private final Glyphs glyphs;
  private final boolean colours;
  private final int rows;
  private final int columns;
  private int drawn;

  /**
   * Creates a terminal.
   *
   * @param out where to write
   * @param glyphs what can be shown
   * @param colours whether text may be marked
   * @param rows height, 0 if this is no terminal
   * @param columns width
   */
  public Terminal(PrintStream out, Glyphs glyphs, boolean colours, int rows, int columns) {
    this.out = out;
    this.glyphs = glyphs;
    this.colours = colours;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Standard output.
   *
   * @param environment environment variables: LOGITFLOW_TERMINAL holds rows and columns if standard
   *     output is a terminal (a JVM cannot tell on its own), TERM and NO_COLOR mean what they mean
   *     everywhere
   * @param encoding name of the terminal's character set
   */
  public static Terminal standardOutput(Map<String, String> environment, String encoding) {
    Glyphs glyphs =
        Charset.isSupported(encoding) ? Glyphs.of(Charset.forName(encoding)) : Glyphs.ASCII;
    Matcher size = SIZE.matcher(environment.getOrDefault("LOGITFLOW_TERMINAL", ""));
    boolean drawable = size.matches() && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, glyphs.charset()),
        glyphs,
        environment.getOrDefault("NO_COLOR", "").isEmpty(),
        drawable ? Integer.parseInt(size.group(1)) : 0,
        drawable ? Integer.parseInt(size.group(2)) : 0);
  }

  /** What can be shown. */
  public Glyphs glyphs() {
    return glyphs;
  }

  /** The most lines that a page may have; 0 if this is no terminal that can be drawn on. */
  public int maxLines() {
    return Math.max(0, rows - 1);
  }

  /** Whether a page of this many lines can be drawn over itself. */
  public boolean canDraw(int lines) {
    return lines < rows;
  }

  /** Whether a page can be drawn over itself without any line cut. */
  public boolean canDrawWhole(List<String> page) {
    return canDraw(page.size()) && page.stream().allMatch(line -> line.length() < columns);
  }

  /** Draws a page over the one before. Lines that are too long are cut. */
  public void draw(List<String> page) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r').append(CLEAR_TO_END);
    for (int i = 0; i < page.size(); i++) {
      String line = page.get(i);
      String cut = line.substring(0, Math.min(line.length(), columns - 1));
      text.append(i == 0 && colours ? BOLD + cut + PLAIN : cut).append('\n');
    }
    out.print(text);
    out.flush();
    drawn = page.size();
  }

  /** Writes a line below everything before. */
  public void line(String text) {
    out.println(text);
    drawn = 0;
  }
}
