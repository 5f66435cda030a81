package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.classifier.format.SafetensorsFormat;
import io.logitflow.embedded.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code logitflow models ...} as a user types it. */
class ModelsCommandITCase {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FASHION = "fashion-sgd.safetensors";

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;

  private String topic;
  private String out;
  private String err;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
    for (String file : List.of(FASHION, "fashion-classes.txt", "flights-sgd.safetensors")) {
      try (var in =
          LogitflowCommand.class.getResourceAsStream("/io/logitflow/demo/models/" + file)) {
        Files.copy(in, dir.resolve(file));
      }
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void nameTopic(TestInfo test) {
    topic = "models-" + test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void modelGoesThroughItsWholeLife() throws Exception {
    assertThat(publish(FASHION, "--model", "fashion", "--classes", file("fashion-classes.txt")))
        .isZero();
    assertThat(out.lines()).first().isEqualTo("Created the models topic.");
    assertThat(out).contains("Published fashion version 1: 784 features, 10 classes, weights ");
    assertThat(out).contains("No version serves yet");

    assertThat(models("promote", "--model", "fashion", "--version", "1", "--why", "first"))
        .isZero();
    assertThat(out.strip()).isEqualTo("fashion: champion none -> 1");

    assertThat(publish(FASHION, "--model", "fashion", "--temperature", "0.854138", "--promote"))
        .isZero();
    assertThat(out)
        .contains("Published fashion version 2", "They are those of version 1.")
        .contains("fashion: previous none -> 1", "fashion: champion 1 -> 2");

    assertThat(models("rollback", "--model", "fashion", "--why", "worse")).isZero();
    assertThat(out).contains("fashion: champion 2 -> 1");

    assertThat(models("challenger", "--model", "fashion", "--version", "1")).isOne();
    assertThat(err.strip())
        .isEqualTo(
            "logitflow models challenger: Version 1 of model 'fashion' is the champion;"
                + " a challenger must be another version");
    assertThat(models("challenger", "--model", "fashion", "--version", "2")).isZero();
    assertThat(models("delete", "--model", "fashion", "--version", "2")).isOne();
    assertThat(err).contains("Version 2 of model 'fashion' is the challenger and the previous;");
    assertThat(models("challenger", "--model", "fashion", "--remove")).isZero();
    assertThat(out.strip()).isEqualTo("fashion: challenger 2 -> none");

    assertThat(publish(FASHION, "--model", "fashion")).isZero();
    assertThat(models("delete", "--model", "fashion", "--version", "3")).isZero();
    assertThat(out.strip()).isEqualTo("Deleted fashion version 3.");
  }

  @Test
  void whatPeopleDecideIsWrittenDown() throws Exception {
    String decisions = topic + "-decisions";
    String option = "--decisions-topic=" + decisions.substring(7);
    String missing =
        "The change is made but not written down: there is no topic '%s' (see --decisions-topic)."
            .formatted(decisions);
    publish(FASHION, "--model", "fashion", "--promote", option);
    assertThat(err.strip()).isEqualTo(missing);
    publish(FASHION, "--model", "fashion", "--temperature", "0.9", "--challenger", option);
    assertThat(err.strip()).isEqualTo(missing);
    publish(FASHION, "--model", "fashion", "--temperature", "0.8", option);
    assertThat(err).isEmpty();
    assertThat(models("decisions", "--model", "fashion", option)).isOne();
    assertThat(err).contains("topic '%s' does not exist".formatted(decisions));
    assertThat(models("promote", "--model", "fashion", "--version", "3", option)).isZero();
    assertThat(out).contains("fashion: champion 1 -> 3");
    assertThat(err.strip()).isEqualTo(missing);

    broker.createTopic(decisions, 1, Map.of());
    assertThat(models("decisions", "--model", "fashion", option)).isZero();
    assertThat(out.strip()).isEqualTo("Nothing was decided on fashion yet.");
    assertThat(models("rollback", "--model", "fashion", "--why", "in a hurry", option)).isZero();
    assertThat(err).isEmpty();
    assertThat(models("reject", "--model", "fashion", "--why", "a twin", option)).isZero();
    assertThat(out.strip()).isEqualTo("fashion: challenger 2 -> none");
    assertThat(models("reject", "--model", "fashion", "--version", "2", option)).isZero();
    assertThat(out.strip()).isEqualTo("Version 2 of fashion is no challenger.");
    assertThat(models("reject", "--model", "fashion", option)).isOne();
    assertThat(err).contains("Model 'fashion' has no alias 'challenger'");
    String why = "--why=better after all";
    assertThat(models("promote", "--model", "fashion", "--version", "2", why, option)).isZero();

    assertThat(models("decisions", "--model", "fashion", option)).isZero();
    assertThat(out.lines())
        .satisfiesExactly(
            head -> assertThat(head).matches("DECIDED.*CHAMPION +CANDIDATE +BY +WHY"),
            first -> assertThat(first).matches(".* rollback +applied +3 +1 +.* in a hurry"),
            second -> assertThat(second).matches(".* rejection +applied +1 +2 +.* a twin"),
            third -> assertThat(third).matches(".* promotion +applied +1 +2 .* better after all"));
    assertThat(models("decisions", "--model", "fashion", "--json", option)).isZero();
    JsonNode last = JSON.readTree(out).get(2);
    assertThat(last.get("job").asText()).isEqualTo("person");
    assertThat(last.get("details").get("user").asText()).isEqualTo(System.getProperty("user.name"));
    assertThat(last.get("details").get("moves").asText())
        .isEqualTo("previous 3 -> 1, champion 1 -> 2");

    String[] again = {"--model", "fashion", "--version", "1", "--why", "its week", option};
    assertThat(models(concat("challenger", again))).isZero();
    assertThat(err).isEmpty();
    assertThat(models(concat("challenger", again))).isZero();
    assertThat(out.strip()).isEqualTo("Version 1 of fashion is the challenger already.");
    assertThat(models("challenger", "--model", "fashion", "--remove", option)).isZero();
    assertThat(publish(FASHION, "--model", "fashion", "--temperature", "0.7", "--promote", option))
        .isZero();
    assertThat(publish(FASHION, "--model", "fashion", "--temperature", "3", "--challenger", option))
        .isZero();
    assertThat(models("decisions", "--model", "fashion", option)).isZero();
    assertThat(out.lines().skip(4))
        .satisfiesExactly(
            first -> assertThat(first).matches(".* promotion +proposed +2 +1 +.* its week"),
            second -> assertThat(second).matches(".* rejection +applied +2 +1 +.*"),
            third -> assertThat(third).matches(".* promotion +applied +2 +4 +.*"),
            fourth -> assertThat(fourth).matches(".* promotion +proposed +4 +5 +.*"));
    assertThat(models("decisions", "--model", "fashion", "--json", option)).isZero();
    assertThat(JSON.readTree(out).get(6).at("/details/moves").asText())
        .isEqualTo("challenger none -> 5");
    assertThat(models("decisions", "--model", "nobody", option)).isZero();
    assertThat(out.strip()).isEqualTo("Nothing was decided on nobody yet.");
  }

  @Test
  void listAndShowTellWhatThereIs() throws Exception {
    publish(
        FASHION, "--model", "fashion-mnist", "--classes", file("fashion-classes.txt"), "--promote");
    publish(
        "flights-sgd.safetensors",
        "--model",
        "a-model-with-a-name-that-is-much-longer-than-any-table-can-bear-without-giving-way-somewhere",
        "--challenger",
        "--version",
        "12");

    assertThat(models("list")).isZero();
    assertThat(out.lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(out.lines().toList().get(1))
        .startsWith("a-model-with-a-name-")
        .contains(" 12 ", "challenger");
    assertThat(out.lines().toList().get(2))
        .matches("fashion-mnist +1 +champion +784 +10 +1\\.00 +[0-9a-f]{8} +import +\\d{4}-.*");

    assertThat(models("list", "--model", "fashion-mnist", "--json")).isZero();
    JsonNode listed = JSON.readTree(out);
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("version").asLong()).isEqualTo(1);
    assertThat(listed.get(0).path("classNames").get(9).asText())
        .isEqualTo(Files.readAllLines(dir.resolve("fashion-classes.txt")).get(9));

    assertThat(models("show", "--model", "fashion-mnist")).isZero();
    assertThat(out)
        .containsPattern("champion +since .* by " + System.getProperty("user.name"))
        .containsPattern("network +linear 784 -> 10, softmax")
        .containsPattern("origin +import of fashion-sgd.safetensors");

    assertThat(models("show", "--model", "fashion-mnist", "--json")).isZero();
    assertThat(JSON.readTree(out).path("aliases").get(0).path("alias").asText())
        .isEqualTo("champion");
  }

  @Test
  void exportGivesTheWeightsBack() throws Exception {
    publish("flights-sgd.safetensors", "--model", "flights", "--temperature", "2", "--promote");
    Path safetensors = dir.resolve("out.safetensors");
    Path avro = dir.resolve("out.avro");

    assertThat(export("safetensors", safetensors)).isZero();
    assertThat(export("avro", avro)).isZero();

    Model.Builder original = SafetensorsFormat.read(dir.resolve("flights-sgd.safetensors"));
    Model exported = ModelContainer.read(avro);
    Model expected = original.name("flights").createdAt(exported.createdAt()).build();
    assertThat(exported.layers()).isEqualTo(expected.layers());
    assertThat(exported.normaliser()).isEqualTo(expected.normaliser()).isPresent();
    assertThat(exported.calibration().temperature()).isEqualTo(2.0);
    assertThat(
            SafetensorsFormat.read(safetensors)
                .name("flights")
                .createdAt(exported.createdAt())
                .build()
                .weightsChecksum())
        .isEqualTo(expected.weightsChecksum());

    assertThat(export("avro", avro)).isOne();
    assertThat(err).contains("out.avro exists: give another name, or --force");

    assertThat(publish("out.avro", "--temperature", "4")).isZero();
    assertThat(out).contains("Published flights version 2");
    assertThat(models("show", "--model", "flights", "--version", "2")).isZero();
    assertThat(out).containsPattern("calibration +version 2, temperature 4.0");
  }

  @Test
  void biasesOfAFileStayUnderAnotherTemperature() throws Exception {
    Files.copy(dir.resolve(FASHION), dir.resolve("biased.safetensors"));
    Files.writeString(
        dir.resolve("biased.json"), "{\"biases\": [0.5, 0, 0, 0, 0, 0, 0, 0, 0, -0.5]}");
    String[] arguments = {"--model", "fashion", "--temperature", "2", "--skip-unchanged"};

    assertThat(publish("biased.safetensors", arguments)).isZero();
    assertThat(models("show", "--model", "fashion", "--version", "1")).isZero();
    assertThat(out).contains("version 1, temperature 2.0, biases: 0.5, 0.0, ");
    assertThat(models("list")).isZero();
    assertThat(out).contains("  2.00+b  ");

    assertThat(publish("biased.safetensors", arguments)).isZero();
    assertThat(out).contains("Version 1 of fashion is this model already.");
    assertThat(publish(FASHION, arguments)).isZero();
    assertThat(out).contains("Published fashion version 2");

    Path avro = dir.resolve("biased.avro");
    assertThat(
            models(
                "export",
                "--model",
                "fashion",
                "--version",
                "1",
                "--format",
                "avro",
                "--file",
                avro.toString()))
        .isZero();
    assertThat(publish("biased.avro", "--temperature", "3")).isZero();
    assertThat(models("show", "--model", "fashion", "--version", "3")).isZero();
    assertThat(out).contains("version 2, temperature 3.0, biases: 0.5, 0.0, ");
  }

  @Test
  void whatIsWrongGetsOneLineAndItsExitCode() throws Exception {
    Files.writeString(dir.resolve("bad.safetensors"), "no model");
    Files.writeString(dir.resolve("bad.txt"), "no model");

    assertThat(models("list")).isOne();
    assertThat(err.strip())
        .startsWith("logitflow models list: Topic '%s' does not exist at ".formatted(topic))
        .doesNotContain("\n");
    assertThat(publish("none.safetensors", "--model", "m")).isOne();
    assertThat(err).contains("there is no file " + dir.resolve("none.safetensors"));
    assertThat(publish("bad.safetensors", "--model", "m")).isOne();
    assertThat(err).contains("bad.safetensors").doesNotContain("\tat ");
    assertThat(publish("bad.txt", "--model", "m")).isOne();
    assertThat(err).contains("ends in .safetensors, .onnx, .pt (TorchScript) or .avro");
    assertThat(publish(FASHION, "--model", "m", "--classes", "a,b,c")).isOne();
    assertThat(err).contains("classNames").contains("10");
    assertThat(publish(FASHION, "--model", "m", "--temperature", "-1")).isOne();
    assertThat(err).contains("temperature is -1.0");

    assertThat(publish(FASHION)).isEqualTo(2);
    assertThat(err).contains("--model is missing");
    assertThat(publish(FASHION, "--model", "m", "--promote", "--challenger")).isEqualTo(2);
    assertThat(models("promote", "--model", "m")).isEqualTo(2);
    assertThat(err).contains("--version", "Try 'logitflow models promote --help'.");
    assertThat(models("export", "--model", "m", "--format", "onnx", "--file", "x")).isEqualTo(2);
    assertThat(err).contains("safetensors, avro");
    assertThat(models("challenger", "--model", "m")).isEqualTo(2);
  }

  @Test
  void unchangedModelIsPublishedOnceIfSoAsked() throws Exception {
    String[] arguments = {"--model", "fashion", "--skip-unchanged", "--promote"};

    assertThat(publish(FASHION, arguments)).isZero();
    assertThat(out).contains("Published fashion version 1", "fashion: champion none -> 1");
    assertThat(publish(FASHION, arguments)).isZero();
    assertThat(out.strip()).isEqualTo("Version 1 of fashion is this model already.");
    assertThat(publish(FASHION, "--model", "fashion", "--skip-unchanged", "--temperature", "2"))
        .isZero();
    assertThat(out).contains("Published fashion version 2");
  }

  @Test
  void clientPropertiesReachTheClients() throws Exception {
    Path config = Files.writeString(dir.resolve("client.properties"), "security.protocol=SSL\n");

    assertThat(models("list", "--client", "security.protocol=NONSENSE")).isOne();
    assertThat(err).contains("NONSENSE");
    assertThat(
            models(
                "list",
                "--client-config",
                config.toString(),
                "--client",
                "security.protocol=PLAINTEXT"))
        .isOne();
    assertThat(err).contains("does not exist at ");
  }

  private static String[] concat(String first, String... others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }

  private int publish(String file, String... arguments) {
    List<String> all = new ArrayList<>(List.of("publish", "--file", file(file)));
    all.addAll(List.of(arguments));
    return models(all.toArray(String[]::new));
  }

  private int export(String format, Path file) {
    return models("export", "--model", "flights", "--format", format, "--file", file.toString());
  }

  private int models(String... arguments) {
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    all.addAll(List.of("--topic-prefix", "models-", "--models-topic", topic.substring(7)));
    StringWriter outWriter = new StringWriter();
    StringWriter errWriter = new StringWriter();
    CommandLine command = LogitflowCommand.commandLine();
    command.setOut(new PrintWriter(outWriter, true)).setErr(new PrintWriter(errWriter, true));
    int code = command.execute(all.toArray(String[]::new));
    out = outWriter.toString();
    err = errWriter.toString();
    return code;
  }

  private static String file(String name) {
    return dir.resolve(name).toString();
  }
}
