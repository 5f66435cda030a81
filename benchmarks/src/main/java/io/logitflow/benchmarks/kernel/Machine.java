package io.logitflow.benchmarks.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Says on what was measured. */
final class Machine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String describe() throws IOException {
    return "One core of %s, %s %s, %s %s"
        .formatted(
            cpuModel(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"));
  }

  private static String cpuModel() throws IOException {
    if (!Files.exists(CPU_INFO)) {
      return "an unknown CPU";
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("an unknown CPU");
    }
  }
}
