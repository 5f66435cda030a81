package io.logitflow.launcher.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Text files that a user names: UTF-8, and errors that name the file. */
public final class TextFiles {

  private TextFiles() {}

  /** Opens a file. */
  public static BufferedReader reader(Path file) throws IOException {
    try {
      return Files.newBufferedReader(file);
    } catch (NoSuchFileException e) {
      throw missing(file, e);
    }
  }

  /** The lines of a file without blank ones at its end. */
  static List<String> lines(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      int end = lines.size();
      while (end > 0 && lines.get(end - 1).isBlank()) {
        end--;
      }
      return List.copyOf(lines.subList(0, end));
    } catch (NoSuchFileException e) {
      throw missing(file, e);
    } catch (CharacterCodingException e) {
      throw new IOException("%s is no text in UTF-8".formatted(file), e);
    }
  }

  /** What to say of a file that is not there: the exception of the JDK has only its name. */
  static IOException missing(Path file, NoSuchFileException cause) {
    return new IOException("there is no file %s".formatted(file.toAbsolutePath()), cause);
  }
}
