package io.logitflow.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Says on what was measured. */
public final class Machine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Describes the machine, and how busy it was. */
  public static String describe() throws IOException {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %s %s, %s %s; load average before the first run: %s",
        Runtime.getRuntime().availableProcessors(),
        cpuModel(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        loadAverage());
  }

  private static String cpuModel() throws IOException {
    if (!Files.exists(CPU_INFO)) {
      return "model unknown";
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("model unknown");
    }
  }

  /** Processes that wanted a core in the last minute: above a few tenths, others were at work. */
  private static String loadAverage() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
  }
}
