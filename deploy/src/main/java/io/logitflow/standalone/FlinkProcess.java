package io.logitflow.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One process of a standalone cluster, known by its pid file, so that whoever started it may be
 * long gone.
 *
 * <p>The pid file holds the pid and, as pids are used again, the time of the process's start.
 */
final class FlinkProcess {

  private static final Duration TERMINATION_LIMIT = Duration.ofSeconds(20);

  /** The clock by which the system tells start times may be put right while a process runs. */
  private static final Duration START_TIME_TOLERANCE = Duration.ofSeconds(10);

  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final int TAIL_LINES = 12;

  private final String name;
  private final ClusterDirectory directory;

  /**
   * Names a process.
   *
   * @param name {@code jobmanager} or {@code taskmanager-<number>}: names its pid and log files
   */
  FlinkProcess(String name, ClusterDirectory directory) {
    this.name = name;
    this.directory = directory;
  }

  String name() {
    return name;
  }

  /** The log that log4j writes. */
  Path logFile() {
    return directory.log().resolve(name + ".log");
  }

  /** What the JVM itself prints: options it does not know, fatal errors. */
  Path outFile() {
    return directory.log().resolve(name + ".out");
  }

  Path pidFile() {
    return directory.run().resolve(name + ".pid");
  }

  /** The process, if it runs. */
  Optional<ProcessHandle> running() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile());
    if (lines.size() < 2) {
      return Optional.empty();
    }
    Instant startedAt = Instant.parse(lines.get(1));
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> isOurs(process.info(), startedAt));
  }

  private static boolean isOurs(ProcessHandle.Info process, Instant startedAt) {
    // A process that has ended and that nobody has asked for its exit code has no command any more.
    return process.command().isPresent()
        && process
            .startInstant()
            .map(start -> Duration.between(start, startedAt).abs())
            .filter(difference -> difference.compareTo(START_TIME_TOLERANCE) <= 0)
            .isPresent();
  }

  /** Starts the process; it outlives this JVM and the terminal. */
  void start(List<String> command) throws IOException {
    List<String> detached = new ArrayList<>();
    detached.add("nohup"); // Closing the terminal does not end it.
    detached.addAll(command);
    Process process =
        new ProcessBuilder(detached)
            .directory(directory.root().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(outFile().toFile()))
            .start();
    Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
    Files.writeString(pidFile(), process.pid() + "\n" + startedAt + "\n");
  }

  /** Asks the process to end and does not wait for it. */
  void terminate() throws IOException {
    running().ifPresent(ProcessHandle::destroy);
  }

  /** Asks the process to end, and ends it after 20 s; does nothing if it does not run. */
  void stop() throws IOException, InterruptedException {
    terminate();
    if (!awaitEnd()) {
      kill();
    }
    Files.deleteIfExists(pidFile());
  }

  /** Ends the process at once, as {@code kill -9} does; does nothing if it does not run. */
  void kill() throws IOException, InterruptedException {
    running().ifPresent(ProcessHandle::destroyForcibly);
    if (!awaitEnd()) {
      throw new IOException(
          "%s, whose pid is in %s, does not end: end it by hand".formatted(name, pidFile()));
    }
    Files.deleteIfExists(pidFile());
  }

  /** Waits for the end; not for its exit code, which only the parent of a process gets. */
  private boolean awaitEnd() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TERMINATION_LIMIT.toNanos();
    while (running().isPresent()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(GLANCE.toMillis());
    }
    return true;
  }

  /** The last lines that the process left, for an error message. */
  String lastWords() throws IOException {
    Path file = Files.exists(logFile()) && Files.size(outFile()) == 0 ? logFile() : outFile();
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
