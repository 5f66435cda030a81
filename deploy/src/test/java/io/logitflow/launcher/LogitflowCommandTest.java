package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class LogitflowCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutACommandTheCommandsAreListedAndTheExitCodeSaysMisuse() {
    assertThat(execute()).isEqualTo(2);
    assertThat(out.toString())
        .containsSubsequence(
            "demo",
            "score",
            "feedback",
            "replay",
            "generate",
            "models",
            "explain",
            "calibration",
            "calibrate",
            "cluster",
            "broker",
            "version");
  }

  static Stream<String> commands() {
    return commands("", LogitflowCommand.commandLine());
  }

  private static Stream<String> commands(String path, CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("help"))
        .flatMap(
            entry -> {
              String name = (path + " " + entry.getKey()).strip();
              return Stream.concat(Stream.of(name), commands(name, entry.getValue()));
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    assertThat(execute((command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: logitflow " + command);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anUnknownOptionGetsOneLineAndAHint() {
    assertThat(execute("demo", "--speed", "9")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("logitflow demo: Unknown option")
        .contains("'--speed'")
        .contains("Try 'logitflow demo --help'.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void everyProblemOfTheJobsOptionsIsReportedAtOnce() {
    assertThat(execute("score", "--micro-batch-size", "0", "--modle", "fashion")).isEqualTo(2);
    assertThat(err.toString()).contains("bootstrap-servers", "micro-batch-size", "modle");
  }

  @Test
  void everyJobHasOptionsOfItsOwn() {
    assertThat(execute("feedback", "--retention", "1 min", "--kernel", "scalar")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("logitflow feedback: 4 problems")
        .contains("model: not set", "bootstrap-servers: not set")
        .contains("retention = 1 min: expected at least maturity (10 min)")
        .contains("kernel: unknown option");
  }

  @ParameterizedTest
  @ValueSource(strings = {"score", "feedback", "train", "replay"})
  void aJobOnAClusterIsCheckedHereFirst(String command) {
    assertThat(execute(command, "--jobmanager", "flink:8081", "--model", "m")).isEqualTo(2);
    assertThat(err.toString()).contains("1 problem", "bootstrap-servers: not set");
  }

  @Test
  void aReplayIsOnlyStartedWithWhatItsCheckNeeds() {
    String[] broker = {"replay", "--jobmanager=flink:8081", "--bootstrap-servers=b:1", "--model=m"};
    assertThat(execute(and(broker, "--models=3", "--fail-if=worse"))).isEqualTo(2);
    assertThat(err.toString()).contains("--fail-if compares versions: name two or more");
    assertThat(execute(and(broker, "--fail-if=bad"))).isEqualTo(2);
    assertThat(err.toString()).contains("'bad' is neither worse nor not-better");
    assertThat(execute(and(broker, "--margin=-1"))).isEqualTo(2);
    assertThat(err.toString()).contains("--margin is -1.0, expected a number of at least 0");
  }

  private static String[] and(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void theJobToSubmitIsOneOfThose() {
    assertThat(execute("cluster", "submit", "--job", "shredding")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'--job'", "[SCORING, FEEDBACK, TRAINING, REPLAY]", "'shredding'");
  }

  @Test
  void aTopicWithoutPartitionsIsRefused() {
    assertThat(execute("broker", "--data-dir", "unused", "--topic", "features:0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'features:0' is no topic: expected NAME or NAME:PARTITIONS");
  }

  @Test
  void theVersionNamesWhatItRunsOn() {
    assertThat(execute("version")).isZero();
    assertThat(out.toString()).contains("Logitflow ", "Flink 2.", "Kafka 4.", "Java ");
  }

  private int execute(String... arguments) {
    CommandLine command = LogitflowCommand.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }
}
