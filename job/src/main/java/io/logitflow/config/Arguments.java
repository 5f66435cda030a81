package io.logitflow.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;

/**
 * The command line of a job: {@code --key value}, {@code --key=value}, a bare {@code --key} for
 * true, and {@code --config FILE} for a properties file in UTF-8 that the command line overrides.
 */
public final class Arguments {

  private static final String CONFIG = "config";

  private final Map<String, String> given = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final JobOptions job;

  private Arguments(JobOptions job) {
    this.job = job;
  }

  /** Whether the arguments ask for the options page instead of a run. */
  public static boolean wantHelp(String[] args) {
    return Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h");
  }

  /**
   * Parses the arguments. Keys and values are checked by {@link ScoringConfig#from} and its like,
   * so that they are reported with all others.
   *
   * @param job the job that is to run
   * @param args its arguments
   * @throws ConfigurationException if an argument is no option, an option is given twice, or the
   *     properties file cannot be read
   */
  public static Configuration parse(JobOptions job, String[] args) throws ConfigurationException {
    Arguments arguments = new Arguments(job);
    arguments.readAll(args);
    Map<String, String> values = arguments.file();
    values.putAll(arguments.given);
    if (!arguments.problems.isEmpty()) {
      throw new ConfigurationException(arguments.problems);
    }
    return Configuration.fromMap(values);
  }

  private void readAll(String[] args) {
    int next = 0;
    while (next < args.length) {
      String argument = args[next++];
      if (!argument.startsWith("--") || argument.length() == 2) {
        problem(argument, Optional.empty(), "expected --key value or --key=value");
        continue;
      }
      int equals = argument.indexOf('=');
      if (equals >= 0) {
        put(argument.substring(2, equals), argument.substring(equals + 1));
      } else if (next < args.length && !args[next].startsWith("--")) {
        put(argument.substring(2), args[next++]);
      } else if (argument.equals("--" + CONFIG) || job.takesText(argument.substring(2))) {
        problem(argument.substring(2), Optional.empty(), "expected a value after it");
      } else {
        put(argument.substring(2), "true");
      }
    }
  }

  private void put(String key, String value) {
    String earlier = given.putIfAbsent(key, value);
    if (earlier != null) {
      problem(key, Optional.of(value), "given twice; expected once");
    }
  }

  /** What the properties file says; takes its option out of those given. */
  private Map<String, String> file() {
    Map<String, String> values = new LinkedHashMap<>();
    String file = given.remove(CONFIG);
    if (file == null) {
      return values;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | InvalidPathException e) {
      problem(CONFIG, Optional.of(file), "cannot be read (" + e + ")");
    } catch (IllegalArgumentException e) {
      problem(CONFIG, Optional.of(file), "is no properties file (" + e.getMessage() + ")");
    }
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private void problem(String key, Optional<String> value, String expectation) {
    problems.add(new Problem(key, value, expectation));
  }
}
