package io.logitflow.launcher.replay;

import io.logitflow.plot.Figure;
import java.util.List;

/** A part of a page, however it is shown. */
sealed interface Block {

  /** A heading of a section. */
  record Heading(String text) implements Block {}

  /** A paragraph. */
  record Text(String text) implements Block {}

  /**
   * A table.
   *
   * @param head texts that begin with a blank are of columns of numbers
   */
  record Table(List<String> head, List<List<String>> rows) implements Block {}

  /**
   * A figure.
   *
   * @param name of its file, without an ending
   * @param text what it shows, for who does not see it
   */
  record Picture(String name, String text, Figure figure) implements Block {}
}
