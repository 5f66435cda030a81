package io.logitflow.benchmarks.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with the class path of this one that is spoken to in lines over its standard input and
 * output. It ends when its standard input does, so it does not outlive this one.
 */
public final class ChildJvm implements AutoCloseable {

  /**
   * Flink's own options for Java 17 and the module of the kernels; the collector with the best
   * throughput. The heap does not grow during a measurement.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseParallelGC",
          "--add-modules=jdk.incubator.vector",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.logitflow.schema",
          "-Dlog4j2.configurationFile=classpath:io/logitflow/benchmarks/log4j2.xml");

  private static final String ANSWER = "answer: ";

  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedReader fromChild;
  private final Writer toChild;

  private ChildJvm(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.fromChild = process.inputReader();
    this.toChild = process.outputWriter();
  }

  /**
   * Starts a JVM.
   *
   * @param name names it in errors and names its log
   * @param main class to run
   * @param arguments arguments of its main method
   * @param jvmOptions options above those of this class, the size of the heap among them
   * @param logs directory for its standard error
   */
  public static ChildJvm start(
      String name, Class<?> main, List<String> arguments, List<String> jvmOptions, Path logs)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Path log = logs.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ChildJvm(name, log, process);
  }

  /** Sends a line. */
  public void send(String line) throws IOException {
    toChild.write(line + "\n");
    toChild.flush();
  }

  /** Called in the child: answers the parent. */
  public static void answer(String text) {
    System.out.println(ANSWER + text);
  }

  /**
   * Waits for an answer. Other lines are what the JVM itself has to say.
   *
   * @throws IOException if the JVM has ended
   */
  public String receive() throws IOException {
    String line;
    do {
      line = fromChild.readLine();
      if (line == null) {
        throw new IOException("The JVM of " + name + " has ended, see " + log);
      }
    } while (!line.startsWith(ANSWER));
    return line.substring(ANSWER.length());
  }

  /** CPU time of all its threads since its start, in steps of 10 ms. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends it. */
  @Override
  public void close() throws IOException {
    toChild.close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
