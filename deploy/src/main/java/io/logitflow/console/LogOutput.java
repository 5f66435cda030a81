package io.logitflow.console;

import java.nio.file.Path;

/**
 * Where the log goes. To be chosen before the first logger is made; a configuration that the user
 * names with {@code -Dlog4j2.configurationFile} stays in force.
 */
public final class LogOutput {
  private static final String CONFIGURATION = "log4j2.configurationFile";
  private static final String RESOURCES = "classpath:io/logitflow/console/";

  private LogOutput() {}

  /** Everything goes to a file, nothing to the screen. */
  public static void toFile(Path file) {
    System.setProperty("logitflow.log.file", file.toString());
    // Where Flink's web UI looks for it.
    System.setProperty("log.file", file.toString());
    choose("log4j2-file.xml");
  }

  /** Our own log goes to standard error, of Kafka and Flink only what is amiss. */
  public static void toConsole() {
    choose("log4j2-console.xml");
  }

  /** Nothing goes anywhere: for commands that tell every failure themselves. */
  public static void silent() {
    choose("log4j2-silent.xml");
  }

  private static void choose(String resource) {
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, RESOURCES + resource);
    }
  }
}
