package io.logitflow.benchmarks.training;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** scikit-learn in a process of its own, which waits while others are measured. */
final class SklearnPeer implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter requests;
  private final String version;

  /** A fit: the time of the call alone, and where it ended, with the gradient's largest element. */
  record Fit(double seconds, int iterations, double objective, double gradient) {}

  SklearnPeer(String python, Path script, Path folder) throws IOException {
    process =
        new ProcessBuilder(python, script.toString(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    version = answer();
  }

  String version() {
    return version;
  }

  Fit fit(double c, double tolerance) throws IOException {
    requests.write(c + " " + tolerance + "\n");
    requests.flush();
    String[] fields = answer().split(" ", 4);
    return new Fit(
        Double.parseDouble(fields[0]),
        Integer.parseInt(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]));
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the script has ended; what it printed is above");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
