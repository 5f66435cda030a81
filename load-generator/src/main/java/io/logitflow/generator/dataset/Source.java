package io.logitflow.generator.dataset;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file, or a file that is shipped inside the program; unpacked if its name ends in {@code .gz}.
 */
sealed interface Source {

  /** How messages name it. */
  String name();

  /** Opens the bytes as they are stored. */
  InputStream openStored() throws IOException;

  /** Opens the content. */
  @SuppressWarnings("resource") // Closed by the stream that wraps it, or here.
  default InputStream open() throws IOException {
    InputStream stored = new BufferedInputStream(openStored(), 1 << 16);
    if (!name().endsWith(".gz")) {
      return stored;
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(stored, 1 << 16), 1 << 16);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /** The lines of a short text. */
  default List<String> lines() throws DatasetException {
    try (InputStream in = open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new DatasetException(name() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A file on disk. */
  record OnDisk(Path path) implements Source {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public InputStream openStored() throws IOException {
      return Files.newInputStream(path);
    }
  }

  /** A file shipped beside this class. */
  record Shipped(String path) implements Source {
    @Override
    public String name() {
      return path;
    }

    @Override
    public InputStream openStored() throws IOException {
      InputStream in = Source.class.getResourceAsStream(path);
      if (in == null) {
        throw new FileNotFoundException(path + " is not on the class path");
      }
      return in;
    }
  }
}
