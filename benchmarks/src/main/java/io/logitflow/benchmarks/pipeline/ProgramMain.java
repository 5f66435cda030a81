package io.logitflow.benchmarks.pipeline;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The JVM of a variant: for every line of its standard input, the topics of a run, it runs the
 * pipeline on those topics and answers {@code done}. It ends with its standard input, or with an
 * exception.
 */
final class ProgramMain {

  private ProgramMain() {}

  /**
   * Runs a program.
   *
   * @param args the program and what it has to do
   */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    Workload workload = Workload.fromArguments(arguments.subList(1, arguments.size()));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Pipeline pipeline = Program.valueOf(args[0]).pipeline(workload)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        pipeline.run(RunTopics.fromLine(line));
        ChildJvm.answer("done");
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
