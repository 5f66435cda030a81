package io.logitflow.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The directory of one run of the demo: data of the broker, checkpoints, log. Deleted at the end
 * unless it is to be kept.
 */
final class DemoDirectory implements AutoCloseable {
  private static final String PREFIX = "logitflow-demo-";

  private final Path path;
  private boolean kept;
  private boolean keptLog;

  private DemoDirectory(Path path) {
    this.path = path;
  }

  /**
   * Creates a new directory.
   *
   * @param parent where to create it
   * @param needed bytes that must be free there
   * @throws DemoException if that is impossible, or too little is free
   */
  static DemoDirectory create(Path parent, long needed) throws DemoException {
    try {
      Files.createDirectories(parent);
      long free = Files.getFileStore(parent).getUsableSpace();
      if (free < needed) {
        throw new DemoException(
            "%s has %s free and this run needs %s: name another directory with --data-dir%s"
                .formatted(parent, megabytes(free), megabytes(needed), ", or send less"));
      }
      return new DemoDirectory(Files.createTempDirectory(parent, PREFIX));
    } catch (IOException e) {
      throw new DemoException(
          "no directory can be made in %s (%s): name another one with --data-dir"
              .formatted(parent, e),
          e);
    }
  }

  /** The directory. */
  Path path() {
    return path;
  }

  /** Data of the broker. */
  Path broker() {
    return path.resolve("broker");
  }

  /** Everything of the cluster. */
  Path cluster() {
    return path.resolve("cluster");
  }

  /** Log of broker, cluster and job. */
  Path log() {
    return path.resolve("logitflow.log");
  }

  /** Bytes that are free on the directory's disk. */
  long free() throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  /** Leaves the directory behind. */
  void keep() {
    kept = true;
  }

  /** Leaves the log behind, so that a failure can be looked into. */
  void keepLogAtEnd() {
    keptLog = true;
  }

  /** Deletes what is not to be kept. */
  @Override
  public void close() throws DemoException {
    try {
      if (kept) {
        return;
      }
      if (keptLog) {
        delete(broker());
        delete(cluster());
      } else {
        delete(path);
      }
    } catch (IOException e) {
      throw new DemoException("%s cannot be deleted: %s".formatted(path, e), e);
    }
  }

  static String megabytes(long bytes) {
    return "%,d MB".formatted(bytes / 1_000_000);
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
