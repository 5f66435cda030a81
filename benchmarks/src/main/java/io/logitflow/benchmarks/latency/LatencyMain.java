package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The JVM of a program. A line with topics and options on its standard input starts it, an empty
 * line stops it; both are answered. The JVM ends with its standard input, or with an exception.
 */
final class LatencyMain {

  /** Between the fields of a line. */
  static final String SEPARATOR = "\t";

  private LatencyMain() {}

  /**
   * Runs a program.
   *
   * @param args the program and its workload
   */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    LatencyWorkload workload =
        LatencyWorkload.fromArguments(arguments.subList(1, arguments.size()));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (ContinuousPipeline pipeline = Program.valueOf(args[0]).pipeline(workload)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          pipeline.stop();
          ChildJvm.answer("stopped");
        } else {
          List<String> fields = List.of(line.split(SEPARATOR));
          pipeline.start(
              workload.config(fields.get(0), fields.get(1), fields.subList(2, fields.size())));
          ChildJvm.answer("started");
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
