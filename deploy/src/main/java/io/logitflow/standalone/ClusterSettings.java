package io.logitflow.standalone;

import static io.logitflow.embedded.LoopbackPorts.HOST;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The Flink settings of a standalone cluster on one machine. */
final class ClusterSettings {

  /**
   * Flags of every JVM: what Flink opens of the JDK in the configuration that it ships, and the
   * Vector API, without which the kernels are scalar.
   */
  static final List<String> JVM_FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private ClusterSettings() {}

  /**
   * The settings.
   *
   * @param restPort port of the REST API
   * @param rpcPort port at which TaskManagers find the JobManager
   */
  static Configuration of(
      ClusterConfig config, ClusterDirectory directory, int restPort, int rpcPort) {
    Configuration settings = new Configuration();
    settings.set(JobManagerOptions.ADDRESS, HOST);
    settings.set(JobManagerOptions.BIND_HOST, HOST);
    settings.set(JobManagerOptions.PORT, rpcPort);
    settings.set(RestOptions.ADDRESS, HOST);
    settings.set(RestOptions.BIND_ADDRESS, HOST);
    settings.set(RestOptions.PORT, restPort);
    settings.set(RestOptions.BIND_PORT, Integer.toString(restPort));
    settings.set(BlobServerOptions.PORT, "0");
    settings.set(TaskManagerOptions.HOST, HOST);
    settings.set(TaskManagerOptions.BIND_HOST, HOST);
    settings.set(TaskManagerOptions.NUM_TASK_SLOTS, config.slots());

    // The scoring job keeps little state, and none of it off the heap.
    settings.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
    settings.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1536));
    settings.set(TaskManagerOptions.MANAGED_MEMORY_FRACTION, 0.1f);
    settings.set(CoreOptions.FLINK_JVM_OPTIONS, String.join(" ", JVM_FLAGS));
    // ParallelGC has 1.15 times the throughput of G1 here.
    settings.set(CoreOptions.FLINK_TM_JVM_OPTIONS, "-XX:+UseParallelGC");

    // On one machine, silence means death sooner than in a network.
    settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(10));

    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.checkpoints().toUri().toString());
    settings.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, directory.savepoints().toUri().toString());
    settings.set(CoreOptions.TMP_DIRS, directory.tmp().toString());
    settings.set(WebOptions.UPLOAD_DIR, directory.tmp().toString());
    for (Map.Entry<String, String> setting : config.settings().entrySet()) {
      settings.setString(setting.getKey(), setting.getValue());
    }
    return settings;
  }
}
