package io.logitflow.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * A real Flink cluster in this JVM: one JobManager and any number of TaskManagers, on the loopback
 * interface, with the REST API and the web UI on a free port.
 *
 * <p>Savepoint directory, checkpoint intervals, restart strategies and the like come from the
 * configuration, as on any other cluster. Checkpoints are files, if nothing else is said those of a
 * directory that goes with the cluster: Flink's own choice, the memory of the JobManager, takes no
 * more than 5 MiB of a subtask and fails the job for it.
 */
public final class EmbeddedCluster implements AutoCloseable {
  private final MiniCluster cluster;
  private final Configuration configuration;
  private final Path scratch;

  private EmbeddedCluster(MiniCluster cluster, Configuration configuration, Path scratch) {
    this.cluster = cluster;
    this.configuration = configuration;
    this.scratch = scratch;
  }

  /**
   * Starts a cluster and waits until its TaskManagers have registered.
   *
   * @param taskManagers number of TaskManagers, at least 1
   * @param slots number of slots of each, at least 1
   * @param configuration Flink's options; those that are set here win over the class's own
   * @throws IOException if it does not start
   */
  public static EmbeddedCluster start(int taskManagers, int slots, Configuration configuration)
      throws IOException {
    Path scratch = Files.createTempDirectory("logitflow-cluster-");
    Configuration effective = defaults(scratch);
    effective.addAll(configuration);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(effective)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      FileUtils.deleteDirectoryQuietly(scratch.toFile());
      throw new IOException("the Flink cluster did not start: " + e.getMessage(), e);
    }
    return new EmbeddedCluster(cluster, effective, scratch);
  }

  private static Configuration defaults(Path scratch) {
    Configuration configuration = new Configuration();
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        scratch.resolve("checkpoints").toUri().toString());
    configuration.set(RestOptions.BIND_ADDRESS, LoopbackPorts.HOST);
    configuration.set(RestOptions.ADDRESS, LoopbackPorts.HOST);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.BIND_HOST, LoopbackPorts.HOST);
    configuration.set(TaskManagerOptions.BIND_HOST, LoopbackPorts.HOST);
    // Jobs come from this JVM.
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    return configuration;
  }

  /** An environment whose jobs run on this cluster. */
  public StreamExecutionEnvironment environment() {
    return environment(new Configuration());
  }

  /**
   * An environment whose jobs run on this cluster, with options of the job above those of the
   * cluster: a savepoint to start from, for instance.
   */
  public StreamExecutionEnvironment environment(Configuration jobConfiguration) {
    Configuration effective = new Configuration(configuration);
    effective.addAll(jobConfiguration);
    return EmbeddedExecutor.environment(cluster, effective);
  }

  /** The REST API, and with flink-runtime-web on the class path the web UI. */
  public URI webUi() {
    try {
      return cluster.getRestAddress().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the REST address", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster has no REST address", e);
    }
  }

  /** The cluster itself, to look at jobs or to end a TaskManager. */
  public MiniCluster miniCluster() {
    return cluster;
  }

  /** Cancels the jobs that run and stops the cluster. */
  @Override
  public void close() throws IOException {
    try {
      cluster.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the Flink cluster did not stop: " + e.getMessage(), e);
    } finally {
      FileUtils.deleteDirectoryQuietly(scratch.toFile());
    }
  }
}
