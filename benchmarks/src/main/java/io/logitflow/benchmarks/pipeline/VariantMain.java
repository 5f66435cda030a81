package io.logitflow.benchmarks.pipeline;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The JVM of a variant: for every line of its standard input, a topic, it runs the pipeline into
 * that topic and answers {@code done}. It ends with its standard input, or with an exception.
 */
final class VariantMain {

  private VariantMain() {}

  /**
   * Runs a variant.
   *
   * @param args the variant and what it has to do
   */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    Workload workload = Workload.fromArguments(arguments.subList(1, arguments.size()));
    BufferedReader topics =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Pipeline pipeline = Variant.valueOf(args[0]).pipeline(workload)) {
      for (String topic = topics.readLine(); topic != null; topic = topics.readLine()) {
        pipeline.run(topic);
        ChildJvm.answer("done");
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
