package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.logitflow.config.Arguments;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.config.TrainingConfig;
import io.logitflow.job.FeedbackJob;
import io.logitflow.job.ScoringJob;
import io.logitflow.job.TrainingJob;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.YamlParserUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docker-compose.yml and the Dockerfile against what they name; no container engine is needed. */
final class ContainersTest {

  private static final Path ROOT = Path.of("..");
  private static final Path DOCKERFILE = ROOT.resolve("deploy/docker/Dockerfile");
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";

  private static Map<String, Object> compose;
  private static Map<String, Object> services;
  private static String dockerfile;
  private static String pom;

  @BeforeAll
  static void read() throws Exception {
    compose = YamlParserUtils.loadYamlFile(new File("../docker-compose.yml"));
    services = map(compose.get("services"));
    // One instruction a line.
    dockerfile = Files.readString(DOCKERFILE).replaceAll("\\\\\\n\\s*", "");
    pom = Files.readString(ROOT.resolve("pom.xml"));
  }

  @Test
  void imagesHaveTheVersionsOfTheBuild() {
    List<String> images = new ArrayList<>(find(dockerfile, "(?m)^FROM (\\S+)"));
    services.values().stream()
        .map(ContainersTest::map)
        .filter(service -> !service.containsKey("build"))
        .forEach(service -> images.add((String) service.get("image")));

    assertThat(images)
        .filteredOn(image -> image.contains("kafka"))
        .isNotEmpty()
        .containsOnly("apache/kafka:" + property("kafka.version"));
    assertThat(images)
        .filteredOn(image -> image.startsWith("flink:"))
        .isNotEmpty()
        .containsOnly("flink:%s-java%s".formatted(property("flink.version"), java()));
    assertThat(images)
        .filteredOn(image -> image.contains("temurin"))
        .hasSize(2)
        .allMatch(image -> image.matches(".*[:-]%s(-jre)?".formatted(java())));
  }

  @Test
  void builtServicesNameFilesAndStagesThatExist() {
    List<String> stages = find(dockerfile, "(?m)^FROM \\S+ AS (\\S+)");
    List<Map<String, Object>> builds = new ArrayList<>();
    for (Object service : services.values()) {
      if (map(service).containsKey("build")) {
        builds.add(map(map(service).get("build")));
      }
    }

    assertThat(builds).isNotEmpty();
    for (Map<String, Object> build : builds) {
      Path context = ROOT.resolve((String) build.get("context"));
      assertThat(context.resolve("pom.xml")).exists();
      assertThat(context.resolve((String) build.get("dockerfile"))).isRegularFile();
      assertThat(stages).contains((String) build.get("target"));
    }
  }

  @Test
  void copiedFilesExistInTheContextOrComeOutOfTheBuild() {
    for (String source : find(dockerfile, "(?m)^COPY ([^-\\s]\\S*) \\S+$")) {
      assertThat(ROOT.resolve(source)).exists();
    }
    List<String> built = find(dockerfile, "(?m)^COPY --from=build .*?/src/(\\S+) \\S+$");
    assertThat(built)
        .containsExactlyInAnyOrder(
            "job/target/logitflow-job-*-cluster.jar",
            "deploy/target/lib",
            "deploy/target/logitflow-deploy.jar");
    assertThat(ROOT.resolve("job/pom.xml")).content().contains("<shadedClassifierName>cluster<");
    assertThat(ROOT.resolve("deploy/pom.xml"))
        .content()
        .contains("<finalName>logitflow-deploy<", "${project.build.directory}/lib<");
  }

  @Test
  void dockerignoreKeepsEveryModule() throws IOException {
    List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
    assertThat(ignored).contains(".git", "**/target");
    assertThat(ignored).doesNotContainAnyElementsOf(find(pom, "<module>(.*?)</module>"));
  }

  @Test
  void everythingAServiceRefersToIsDeclared() {
    for (Object value : services.values()) {
      Map<String, Object> service = map(value);
      assertThat(map(compose.get("networks")).keySet()).containsAll(list(service, "networks"));
      for (String volume : list(service, "volumes")) {
        String source = volume.substring(0, volume.indexOf(':'));
        if (source.startsWith(".")) {
          assertThat(ROOT.resolve(source)).isRegularFile();
        } else {
          assertThat(map(compose.get("volumes"))).containsKey(source);
        }
      }
      Object dependencies = service.getOrDefault("depends_on", List.of());
      assertThat(services.keySet())
          .containsAll(
              dependencies instanceof Map
                  ? map(dependencies).keySet()
                  : list(service, "depends_on"));
      if (dependencies instanceof Map) {
        map(dependencies)
            .forEach(
                (name, condition) -> {
                  if (map(condition).get("condition").equals("service_healthy")) {
                    assertThat(map(services.get(name))).containsKey("healthcheck");
                  }
                });
      }
    }
  }

  @Test
  void everyJvmOfOursHasTheVectorModule() {
    for (String name : flinkServices()) {
      assertThat((String) environment(name).get("FLINK_PROPERTIES"))
          .contains("env.java.opts.jobmanager: " + VECTOR, "env.java.opts.taskmanager: " + VECTOR);
    }
    assertThat(find(dockerfile, "(?m)^ENTRYPOINT (.*)$"))
        .singleElement()
        .asString()
        .contains(VECTOR);
  }

  /** The image's entry point joins what blanks separate: two options of a JVM became one. */
  @Test
  void noValueOfFlinksPropertiesHoldsABlank() {
    for (String name : flinkServices()) {
      String properties = (String) environment(name).get("FLINK_PROPERTIES");
      assertThat(properties.lines()).allMatch(line -> line.matches("[a-zA-Z.-]+: \\S+"));
    }
  }

  @Test
  void everyTaskManagerFindsItsJobManagerAndSharesNoCheckpointsWithAnotherJob() {
    List<String> jobManagers = new ArrayList<>();
    for (String name : flinkServices()) {
      String jobManager = (String) environment(name).get("JOB_MANAGER_RPC_ADDRESS");
      assertThat(services).containsKey(jobManager);
      assertThat(list(map(services.get(name)), "volumes"))
          .isEqualTo(list(map(services.get(jobManager)), "volumes"));
      if (name.equals(jobManager)) {
        assertThat(map(services.get(name))).containsEntry("hostname", jobManager);
        jobManagers.add(jobManager);
      }
    }

    assertThat(jobManagers).hasSize(3);
    assertThat(jobManagers.stream().map(name -> list(map(services.get(name)), "volumes")))
        .doesNotHaveDuplicates();
  }

  @Test
  void launcherStartsAsTheScriptDoes() throws IOException {
    String script = Files.readString(ROOT.resolve("logitflow"));
    String entryPoint = find(dockerfile, "(?m)^ENTRYPOINT (.*)$").get(0);
    for (String flag : find(script, "(?m)^ +(--add-\\S+)")) {
      assertThat(entryPoint).contains('"' + flag + '"');
    }
    assertThat(entryPoint).contains('"' + LogitflowCommand.class.getName() + '"');
  }

  @Test
  void commandsOfTheLauncherAreUnderstoodAndTheirFilesExist() {
    for (String name : List.of("models", "generator")) {
      List<String> arguments = list(map(services.get(name)), "command");
      assertThatCode(
              () -> LogitflowCommand.commandLine().parseArgs(arguments.toArray(String[]::new)))
          .as(name)
          .doesNotThrowAnyException();
    }
    Path models = ROOT.resolve("deploy/src/main/resources/io/logitflow/demo");
    assertThat(
            find(String.join("\n", list(map(services.get("models")), "command")), "=(models/\\S+)"))
        .hasSize(2)
        .allSatisfy(file -> assertThat(models.resolve(file)).isRegularFile());
  }

  @Test
  void scoringJobGetsOptionsThatItUnderstandsAndTopicsThatAreMade() throws Exception {
    ScoringConfig config =
        ScoringConfig.from(options("jobmanager", ScoringJob.class, JobOptions.SCORING));

    requireModelAndTopics(
        config,
        config.topics().features(),
        config.topics().predictions(),
        config.topics().deadLetters());
  }

  @Test
  void feedbackJobGetsOptionsThatItUnderstandsAndTopicsThatAreMade() throws Exception {
    FeedbackConfig config =
        FeedbackConfig.from(options("feedback-jobmanager", FeedbackJob.class, JobOptions.FEEDBACK));

    requireModelAndTopics(
        config,
        config.topics().predictions(),
        config.topics().labels(),
        config.topics().calibration(),
        config.topics().decisions(),
        config.topics().deadLetters());
    assertThat(find(topicsScript(), "(?m)^create (\\S+) .*cleanup.policy=compact"))
        .containsExactly(config.topics().calibration());
  }

  @Test
  void trainingJobGetsOptionsThatItUnderstandsAndTopicsThatAreMade() throws Exception {
    TrainingConfig config =
        TrainingConfig.from(options("training-jobmanager", TrainingJob.class, JobOptions.TRAINING));

    requireModelAndTopics(
        config,
        config.topics().features(),
        config.topics().labels(),
        config.topics().decisions(),
        config.topics().evaluations(),
        config.topics().deadLetters());
    assertThat(config.triggers().onDriftAlarm()).isTrue();
  }

  @Test
  void everyJobHasAsManySlotsAsItsParallelism() throws Exception {
    for (JobConfig config :
        List.of(
            ScoringConfig.from(options("jobmanager", ScoringJob.class, JobOptions.SCORING)),
            FeedbackConfig.from(
                options("feedback-jobmanager", FeedbackJob.class, JobOptions.FEEDBACK)),
            TrainingConfig.from(
                options("training-jobmanager", TrainingJob.class, JobOptions.TRAINING)))) {
      String properties = (String) environment("taskmanager").get("FLINK_PROPERTIES");
      assertThat(config.reading().parallelism().orElseThrow())
          .isEqualTo(
              Integer.parseInt(find(properties, "taskmanager.numberOfTaskSlots: (.*)").get(0)));
    }
  }

  /** The options of the job that a JobManager runs. */
  private static Configuration options(String jobManager, Class<?> job, JobOptions options)
      throws Exception {
    List<String> command = list(map(services.get(jobManager)), "command");
    assertThat(command).startsWith("standalone-job", "--job-classname", job.getName());
    return Arguments.parse(options, command.subList(3, command.size()).toArray(String[]::new));
  }

  private static void requireModelAndTopics(JobConfig config, String... topics) throws IOException {
    assertThat(list(map(services.get("models")), "command")).contains("--model=" + config.model());
    assertThat(find(topicsScript(), "(?m)^create (\\S+)")).contains(topics);
  }

  private static String topicsScript() throws IOException {
    return Files.readString(ROOT.resolve("deploy/docker/create-topics.sh"));
  }

  @Test
  void scriptsCanBeRun() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("deploy/docker"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".sh")))
          .isNotEmpty()
          .allMatch(Files::isExecutable);
    }
  }

  /** Services of Flink: those that run the image with the job. */
  private static List<String> flinkServices() {
    return services.keySet().stream()
        .filter(name -> "logitflow-job".equals(map(services.get(name)).get("image")))
        .toList();
  }

  private static Map<String, Object> environment(String service) {
    return map(map(services.get(service)).get("environment"));
  }

  private static String property(String name) {
    return find(pom, "<%1$s>(.*?)</%1$s>".formatted(Pattern.quote(name))).get(0);
  }

  private static String java() {
    return property("java.release");
  }

  /** What the first group of a pattern matches, at each of its matches. */
  private static List<String> find(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @SuppressWarnings("unchecked") // A YAML mapping has texts as its keys here.
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  @SuppressWarnings("unchecked") // A YAML sequence of texts.
  private static List<String> list(Map<String, Object> service, String key) {
    return (List<String>) service.getOrDefault(key, List.of());
  }
}
