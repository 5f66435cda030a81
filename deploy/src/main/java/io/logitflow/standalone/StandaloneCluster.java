package io.logitflow.standalone;

import static io.logitflow.embedded.LoopbackPorts.HOST;

import com.fasterxml.jackson.databind.JsonNode;
import io.logitflow.embedded.LoopbackPorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * A standalone Flink session cluster on this machine: one JobManager and TaskManagers, each a
 * process of its own that outlives this JVM. It listens on the loopback interface only, without
 * security.
 *
 * <p>Everything about it stands in its directory, so another JVM can {@link #open} it.
 */
public final class StandaloneCluster implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final String JOB_MANAGER = "jobmanager";
  private static final String TASK_MANAGER = "taskmanager-";
  private static final String PID = ".pid";

  private final ClusterDirectory directory;
  private final Configuration settings;
  private final FlinkRest rest;

  private StandaloneCluster(ClusterDirectory directory, Configuration settings) {
    this.directory = directory;
    this.settings = settings;
    this.rest =
        new FlinkRest(URI.create("http://%s:%d".formatted(HOST, settings.get(RestOptions.PORT))));
  }

  /**
   * Starts a cluster and waits until every TaskManager has registered.
   *
   * @throws BindException if the port is in use
   * @throws IOException if a cluster runs in the directory, if the library folder is missing, or if
   *     a process does not come up within 90 s; no process is left then
   */
  public static StandaloneCluster start(ClusterConfig config)
      throws IOException, InterruptedException {
    ClusterDirectory directory = new ClusterDirectory(config.directory());
    for (Path library : config.libraries()) {
      requireJars(library);
    }
    directory.create();
    if (Files.exists(directory.flinkConfig()) && !open(config.directory()).running().isEmpty()) {
      throw new IOException(
          "a cluster runs in %s already: stop it first, or use another directory"
              .formatted(config.directory()));
    }
    deletePidFiles(directory); // Of processes that have ended without being stopped.
    LoopbackPorts ports = new LoopbackPorts();
    if (config.restPort() != 0 && !LoopbackPorts.isFree(config.restPort())) {
      throw new BindException(
          "port %d is in use: name another one, or 0 for any that is free"
              .formatted(config.restPort()));
    }
    int restPort = config.restPort() == 0 ? ports.free() : config.restPort();
    Configuration settings = ClusterSettings.of(config, directory, restPort, ports.free());
    write(settings, directory);
    StandaloneCluster cluster = new StandaloneCluster(directory, settings);
    FlinkCommandLine commands = new FlinkCommandLine(config.libraries(), directory, settings);
    try {
      FlinkProcess jobManager = cluster.process(JOB_MANAGER);
      jobManager.start(commands.jobManager(jobManager));
      for (int number = 1; number <= config.taskManagers(); number++) {
        FlinkProcess taskManager = cluster.process(TASK_MANAGER + number);
        taskManager.start(commands.taskManager(taskManager));
      }
      cluster.awaitTaskManagers(config.taskManagers());
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.stop();
      throw e;
    }
  }

  /**
   * The cluster that was started in a directory, whether it still runs or not.
   *
   * @throws IOException if none ever was
   */
  public static StandaloneCluster open(Path directory) throws IOException {
    ClusterDirectory files = new ClusterDirectory(directory.toAbsolutePath().normalize());
    if (!Files.exists(files.flinkConfig())) {
      throw new IOException("no cluster was started in %s".formatted(files.root()));
    }
    return new StandaloneCluster(
        files, GlobalConfiguration.loadConfiguration(files.conf().toString()));
  }

  /** Its REST API and web UI. */
  public FlinkRest rest() {
    return rest;
  }

  /** Its jobs. */
  public JobSubmission jobs() {
    return new JobSubmission(rest);
  }

  /** Its directory. */
  public Path directory() {
    return directory.root();
  }

  /** Slots of each TaskManager. */
  public int slots() {
    return settings.get(TaskManagerOptions.NUM_TASK_SLOTS);
  }

  /** The processes that were started and not stopped since, the JobManager first. */
  public List<Member> members() throws IOException {
    List<Member> members = new ArrayList<>();
    for (FlinkProcess process : processes()) {
      members.add(new Member(process.name(), process.running().map(ProcessHandle::pid)));
    }
    return members;
  }

  /**
   * One process of the cluster.
   *
   * @param name {@code jobmanager} or {@code taskmanager-<number>}; for Flink, the id of the
   *     TaskManager
   * @param pid its pid; empty if it has ended without being stopped
   */
  public record Member(String name, Optional<Long> pid) {}

  /** Pids of the processes that run. */
  public List<Long> running() throws IOException {
    return members().stream().flatMap(member -> member.pid().stream()).toList();
  }

  /** Number of TaskManagers that the JobManager knows. */
  public int registeredTaskManagers() throws IOException, InterruptedException {
    return rest.get("/overview").path("taskmanagers").asInt();
  }

  /**
   * Ends a TaskManager at once, as {@code kill -9} does.
   *
   * @param number 1 for the first
   * @throws IOException if it does not run
   */
  public void killTaskManager(int number) throws IOException, InterruptedException {
    FlinkProcess taskManager = process(TASK_MANAGER + number);
    if (taskManager.running().isEmpty()) {
      throw new IOException("%s does not run".formatted(taskManager.name()));
    }
    taskManager.kill();
  }

  /** Stops every process; those that do not end within 20 s are killed. */
  public void stop() throws IOException, InterruptedException {
    List<FlinkProcess> processes = new ArrayList<>(processes());
    for (FlinkProcess process : processes) {
      process.terminate();
    }
    for (FlinkProcess process : processes) {
      process.stop();
    }
  }

  /** Stops every process. */
  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private FlinkProcess process(String name) {
    return new FlinkProcess(name, directory);
  }

  /** The processes that have a pid file, the JobManager first. */
  private List<FlinkProcess> processes() throws IOException {
    try (Stream<Path> files = Files.list(directory.run())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(PID))
          .sorted()
          .map(file -> process(file.substring(0, file.length() - PID.length())))
          .toList();
    }
  }

  private void awaitTaskManagers(int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!haveRegistered(count)) {
      for (FlinkProcess process : processes()) {
        if (process.running().isEmpty()) {
          throw new IOException(
              "%s ended while the cluster started; its last words:%n%s"
                  .formatted(process.name(), process.lastWords()));
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the cluster was not ready after %d s; see the logs in %s"
                .formatted(START_LIMIT.toSeconds(), directory.log()));
      }
      Thread.sleep(GLANCE.toMillis());
    }
  }

  private boolean haveRegistered(int count) throws InterruptedException {
    try {
      JsonNode overview = rest.get("/overview");
      return overview.path("taskmanagers").asInt() >= count
          && overview.path("slots-available").asInt() >= count * slots();
    } catch (IOException e) {
      return false; // It does not listen yet, or does not know its leader yet.
    }
  }

  private static void deletePidFiles(ClusterDirectory directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.run(), "*" + PID)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static void requireJars(Path library) throws IOException {
    if (!Files.isDirectory(library)) {
      throw new IOException(
          "there is no library folder %s: build the deploy module, or name another"
              .formatted(library));
    }
  }

  private static void write(Configuration settings, ClusterDirectory directory) throws IOException {
    Files.write(
        directory.flinkConfig(), ConfigurationUtils.convertConfigToWritableLines(settings, false));
    try (InputStream log4j = StandaloneCluster.class.getResourceAsStream("log4j.properties")) {
      Files.copy(log4j, directory.log4jConfig(), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
