package io.logitflow.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A broker in a JVM of its own, whose gigabytes of data go with it, also at an interrupt. */
public final class BenchmarkBroker {

  private final ChildJvm jvm;
  private final String bootstrapServers;

  private BenchmarkBroker(ChildJvm jvm, String bootstrapServers) {
    this.jvm = jvm;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts a broker without further settings. */
  public static BenchmarkBroker start(Path parent, Path logs) throws IOException {
    return start(parent, logs, Map.of());
  }

  /**
   * Starts a broker and waits until it serves. It ends with this JVM.
   *
   * @param parent directory in which the directory of its data is made
   * @param logs directory for its log
   * @param settings broker settings above those of the embedded broker, by their Kafka names
   */
  public static BenchmarkBroker start(Path parent, Path logs, Map<String, String> settings)
      throws IOException {
    Path data = Files.createTempDirectory(parent, "logitflow-benchmark-");
    List<String> arguments = new ArrayList<>(List.of(data.toString()));
    settings.forEach((name, value) -> arguments.add(name + "=" + value));
    ChildJvm jvm =
        ChildJvm.start("broker", BrokerMain.class, arguments, List.of("-Xms1g", "-Xmx1g"), logs);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(jvm, data)));
    return new BenchmarkBroker(jvm, jvm.receive());
  }

  /** Where it serves. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** CPU time of its JVM since its start. */
  public Duration cpuTime() {
    return jvm.cpuTime();
  }

  private static void remove(ChildJvm jvm, Path data) {
    try {
      jvm.close();
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      System.err.println("Remove " + data + " by hand: " + e);
    }
  }
}
