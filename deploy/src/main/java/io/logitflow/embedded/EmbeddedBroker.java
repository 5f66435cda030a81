package io.logitflow.embedded;

import io.logitflow.connector.TopicCreation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real single-node Kafka broker in this JVM: broker and KRaft controller in one, listening on the
 * loopback interface only, without security.
 *
 * <p>Topics are never created by use. The data outlive the broker: started again on the same
 * directory it has its topics, records and offsets back. Not thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int NODE_ID = 1;
  private static final int START_ATTEMPTS = 5;
  private static final String CONTROLLER = "CONTROLLER";

  private final Path dataDir;
  private final int port;
  private final Map<String, String> settings;
  private KafkaRaftServer server;

  private EmbeddedBroker(Path dataDir, int port, Map<String, String> settings) {
    this.dataDir = dataDir;
    this.port = port;
    this.settings = Map.copyOf(settings);
  }

  /** Starts a broker with the settings of this class. */
  public static EmbeddedBroker start(Path dataDir, int port) throws IOException {
    return start(dataDir, port, Map.of());
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @param dataDir directory of its data; made if missing
   * @param port port to listen on; 0 for a free one
   * @param settings broker settings above those of this class, by their Kafka names
   * @throws BindException if the port is in use
   * @throws IOException if the directory cannot be used or the broker does not start
   */
  public static EmbeddedBroker start(Path dataDir, int port, Map<String, String> settings)
      throws IOException {
    if (port != 0) {
      EmbeddedBroker broker = new EmbeddedBroker(dataDir, port, settings);
      broker.start();
      return broker;
    }
    LoopbackPorts ports = new LoopbackPorts();
    for (int attempt = 1; ; attempt++) {
      EmbeddedBroker broker = new EmbeddedBroker(dataDir, ports.free(), settings);
      try {
        broker.start();
        return broker;
      } catch (BindException e) {
        // Another process was quicker to take the port.
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Host and port for clients, as in {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  /** The port that the broker listens on, also while it is stopped. */
  public int port() {
    return port;
  }

  /** The directory of the broker's data. */
  public Path dataDir() {
    return dataDir;
  }

  /**
   * Creates a topic and waits until it exists.
   *
   * @param config topic settings by their Kafka names
   * @throws IOException if the broker refuses, for instance because the topic exists
   */
  public void createTopic(String name, int partitions, Map<String, String> config)
      throws IOException, InterruptedException {
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      new TopicCreation(admin).create(topic);
    } catch (InterruptException e) {
      Thread.interrupted(); // Kafka's exception leaves the mark, Java's own takes it away.
      throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
    } catch (KafkaException e) {
      throw new IOException(
          "topic '%s' with %d partitions was not created on %s: %s"
              .formatted(name, partitions, bootstrapServers(), e.getMessage()),
          e);
    }
  }

  /** Why the broker cannot go on, if something happened to it: a full disk, for instance. */
  public Optional<String> failure() {
    return BrokerExit.reason();
  }

  /** Stops the broker; its data stay. Does nothing if it is stopped. */
  public void stop() {
    if (server == null) {
      return;
    }
    KafkaRaftServer stopping = server;
    server = null;
    stopping.shutdown();
    stopping.awaitShutdown();
    LOG.info("Stopped the broker on {}", bootstrapServers());
  }

  /**
   * Stops the broker if it runs, and starts it on the same port and data.
   *
   * @throws IOException if it does not start
   */
  public void restart() throws IOException {
    stop();
    start();
  }

  /** Stops the broker; its data stay. */
  @Override
  public void close() {
    stop();
  }

  private void start() throws IOException {
    if (!LoopbackPorts.isFree(port)) {
      throw new BindException(
          "port %d on %s is in use: name another one, or 0 for any that is free"
              .formatted(port, LoopbackPorts.HOST));
    }
    BrokerExit.prevent();
    BrokerExit.reset();
    int controllerPort = new LoopbackPorts().free();
    Files.createDirectories(dataDir);
    if (!Files.exists(dataDir.resolve("meta.properties"))) {
      format();
    }
    KafkaRaftServer starting =
        new KafkaRaftServer(new KafkaConfig(properties(controllerPort)), Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException e) {
      starting.shutdown();
      throw startFailure(e);
    }
    server = starting;
    LOG.info("The broker serves on {} with data in {}", bootstrapServers(), dataDir);
  }

  private IOException startFailure(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        BindException busy = new BindException("port %d is in use".formatted(port));
        busy.initCause(e);
        return busy;
      }
    }
    return new IOException(
        "the broker did not start on %s with data in %s: %s"
            .formatted(bootstrapServers(), dataDir, e.getMessage()),
        e);
  }

  private void format() throws IOException {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      new Formatter()
          .setPrintStream(silent)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE_ID)
          .setDirectories(List.of(dataDir.toString()))
          .setMetadataLogDirectory(dataDir.toString())
          .setControllerListenerName(CONTROLLER)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(
          "the data directory %s was not formatted: %s".formatted(dataDir, e.getMessage()), e);
    }
  }

  private Properties properties(int controllerPort) {
    String host = LoopbackPorts.HOST;
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", String.valueOf(NODE_ID));
    properties.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
    properties.put("controller.listener.names", CONTROLLER);
    properties.put(
        "listeners",
        "PLAINTEXT://%s:%d,%s://%s:%d".formatted(host, port, CONTROLLER, host, controllerPort));
    properties.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(host, port));
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", dataDir.toString());
    properties.put("auto.create.topics.enable", "false");
    // One node holds everything.
    properties.put("default.replication.factor", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    // Few threads, partitions and buffers: this is one of several things in a small JVM.
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
    properties.put("metric.reporters", "");
    // The operating system lets them grow: with Kafka's 100 KiB, clients and broker wake each other
    // up many times for one batch.
    properties.put("socket.receive.buffer.bytes", "-1");
    properties.put("socket.send.buffer.bytes", "-1");
    // Nothing to wait for: consumers join at once, and transactions whose owner is gone end soon.
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    properties.put("server.max.startup.time.ms", "60000");
    properties.putAll(settings);
    return properties;
  }
}
