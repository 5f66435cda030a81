package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.format.SafetensorsFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code logitflow explain} and {@code logitflow models show} of models in files. */
class ExplainCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path dir;

  private String out;
  private String err;

  @BeforeAll
  static void writeFiles() throws Exception {
    for (String file :
        List.of(
            "digits-lbfgs.safetensors",
            "digits-classes.txt",
            "flights-sgd.safetensors",
            "flights-classes.txt")) {
      try (var in =
          LogitflowCommand.class.getResourceAsStream("/io/logitflow/demo/models/" + file)) {
        Files.copy(in, dir.resolve(file));
      }
    }
    Files.writeString(dir.resolve("names.txt"), "a\nb\n");
    Files.writeString(dir.resolve("rows.csv"), "b,note,a\n1,x,2\n3,y,nan\n5,z,6\n");
    Files.writeString(dir.resolve("wide.csv"), "p,q,r\n1,2,3\n");
    SafetensorsFormat.write(small().build(), dir.resolve("small.safetensors"));
    SafetensorsFormat.write(
        small().calibration(new Calibration(1, 2, new double[] {0, 6})).build(),
        dir.resolve("biased.safetensors"));
  }

  /** Both rows have the norm 5. */
  private static Model.Builder small() {
    return Model.builder()
        .name("small")
        .createdAt(Instant.EPOCH)
        .layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(new float[] {3, 4, -3, 4}, 2, 2),
                    Tensor.float32(new float[] {1, 2}, 2))));
  }

  @ParameterizedTest
  @CsvSource({"digits-lbfgs, digits, 64", "flights-sgd, flights, 57"})
  void probabilitiesAreThoseOfTheReferenceAndContributionsSumToTheLogits(
      String model, String dataset, int features) throws Exception {
    List<String> expected =
        List.of(resource("/io/logitflow/endtoend/" + model + "-rows200.csv").get(1).split(",", -1));

    assertThat(explain(model + ".safetensors", "--dataset", dataset, "--json")).isZero();

    JsonNode json = JSON.readTree(out);
    assertThat(json.get("classes")).isNotEmpty();
    for (JsonNode node : json.get("classes")) {
      int k = Integer.parseInt(node.get("class").asText());
      assertThat(node.get("probability").doubleValue())
          .isCloseTo(Double.parseDouble(expected.get(2 + k)), within(1e-5));
      assertThat(node.get("contributions")).hasSize(features);
      double sum = values(node.get("contributions")).mapToDouble(JsonNode::doubleValue).sum();
      assertThat(node.get("logitAtMean").doubleValue() + sum)
          .isCloseTo(node.get("logit").doubleValue(), within(1e-9));
    }
    assertThat(json.get("class").asText()).isEqualTo(expected.get(1));
  }

  @Test
  void smallModelIsExplainedToTheDigit() throws Exception {
    assertThat(
            explain(
                "small.safetensors",
                "--classes",
                "left,right",
                "--feature-names",
                file("names.txt"),
                "--features",
                "2, -1"))
        .isZero();

    // z = (3, -8); the lead 11 is -1 of the biases and 12 of the first feature.
    assertThat(out)
        .containsPattern("left +0\\.99998\\d +3\\.0000 +0\\.6000")
        .containsPattern("right +0\\.0000\\d+ +-8\\.0000 +-1\\.6000")
        .contains("left against right: lead +11.0000 = -1.0000 at the mean record, +12.0000")
        .containsPattern("\na +2\\.0000 +0 +6\\.0000 +\\+12\\.0000 +\\|#######")
        .doesNotContainPattern("\nb ");
    assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  /** z = (3, -8), z / 2 + b = (1.5, 2). */
  @Test
  void aClassThatBiasesMakeThePredictedOneIsExplained() throws Exception {
    assertThat(explain("biased.safetensors", "--features", "2,-1")).isZero();

    assertThat(out)
        .containsPattern("1 +0\\.622459 +-8\\.0000 +-1\\.6000\n0 +0\\.377541 +3\\.0000 ")
        .contains("1 against 0: lead -11.0000 = +1.0000 at the mean record, -12.0000")
        .contains("after calibration: lead +0.5000, +6.0000 of it from its biases");
    assertThat(explain("biased.safetensors", "--features", "2,-1", "--json")).isZero();
    assertThat(JSON.readTree(out).get("classes").get(0).get("calibratedLogit").asDouble())
        .isEqualTo(2.0);

    assertThat(execute("models", "show", "--file", file("biased.safetensors"))).isZero();
    assertThat(out).containsPattern("calibration +version 1, temperature 2.0, biases: 0.0, 6.0\n");
    assertThat(execute("models", "show", "--json", "--file", file("biased.safetensors"))).isZero();
    assertThat(JSON.readTree(out).get("calibration").get("biases"))
        .extracting(JsonNode::doubleValue)
        .containsExactly(0.0, 6.0);
  }

  @Test
  void columnsOfACsvFileAreFoundByTheNamesOfTheFeatures() throws Exception {
    assertThat(named("--csv", file("rows.csv"), "--row", "2", "--json")).isZero();
    assertThat(JSON.readTree(out).get("features"))
        .extracting(JsonNode::asInt)
        .containsExactly(6, 5);

    assertThat(named("--csv", file("rows.csv"), "--row", "1")).isOne();
    assertThat(err).contains("rows.csv, row 1: feature 0 is 'nan', expected a number");
    assertThat(named("--csv", file("rows.csv"), "--row", "3")).isOne();
    assertThat(err).contains("rows.csv: there is no row 3, expected 0 to 2");
    assertThat(explain("small.safetensors", "--csv", file("wide.csv"))).isOne();
    assertThat(err).contains("wide.csv: 3 columns in the header, but the model takes 2 features");
  }

  @Test
  void rowsOfACsvFileMakeTheMean() throws Exception {
    Files.writeString(dir.resolve("mean.csv"), "a,b\n1,0\n3,0\n");

    assertThat(named("--features", "2,1", "--mean", file("mean.csv"), "--json")).isZero();

    JsonNode json = JSON.readTree(out);
    assertThat(json.get("meanRecord")).extracting(JsonNode::doubleValue).containsExactly(2.0, 0.0);
    assertThat(json.get("classes").get(0).get("contributions"))
        .extracting(JsonNode::doubleValue)
        .containsExactly(0.0, 4.0);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertRefused("--features: 3 features, but the model takes 2", "--features", "1,2,3");
    assertRefused("feature 1 is 'x', expected a number", "--features", "1,x");
    assertRefused("feature 0 is NaN, expected a finite float32", "--features", "NaN,1");
    assertRefused("feature 0 is 1e39, expected a finite", "--features", "1e39,1");
    assertRefused("there is no file " + file("none.csv"), "--csv", file("none.csv"));
    assertRefused("no data set 'cats'; there are: fashion-mnist", "--dataset", "cats");
    assertRefused("data set digits: 64 features, but the model", "--dataset", "digits");
    assertRefused("the model has no class '7'; it has: 0, 1", "--features", "1,2", "--class", "7");
    assertRefused("both '1'", "--features", "1,2", "--class", "1", "--against", "1");
    assertRefused("3x3 has 9 pixels", "--features", "1,2", "--image", "3x3");
    assertThat(explain("digits-lbfgs.safetensors", "--dataset", "digits", "--row", "397")).isOne();
    assertThat(err).contains("data set digits: there is no row 397, expected 0 to 396");

    assertThat(explain("small.safetensors")).isEqualTo(2);
    assertThat(explain("small.safetensors", "--id", "r1")).isEqualTo(2);
    assertThat(err).contains("--bootstrap-servers");
    assertThat(execute("explain", "--features", "1,2", "--bootstrap-servers", "x:1")).isEqualTo(2);
    assertThat(err).contains("--model NAME, or --file FILE");
  }

  @Test
  void imagesOfTheRecordAreWrittenBesideTheBars() throws Exception {
    Path plots = dir.resolve("why");

    assertThat(
            explain("digits-lbfgs.safetensors", "--dataset", "digits", "--plots", plots.toString()))
        .isZero();

    assertThat(names(plots))
        .containsExactlyInAnyOrder(
            "index.html",
            "contributions.svg",
            "contributions.png",
            "contribution-images.svg",
            "contribution-images.png");
    assertThat(plots.resolve("contribution-images.svg")).content().contains("data:image/png");
    assertThat(out).contains("Wrote " + plots.resolve("index.html"));
  }

  @Test
  void showWritesPicturesAndTablesOfAModelInAFile() throws Exception {
    Path plots = dir.resolve("shown");

    assertThat(
            execute(
                "models",
                "show",
                "--file",
                file("digits-lbfgs.safetensors"),
                "--plots",
                plots.toString()))
        .isZero();

    assertThat(out).contains("digits-lbfgs version 1", "Wrote " + plots.resolve("index.html"));
    assertThat(names(plots))
        .containsExactlyInAnyOrder(
            "index.html",
            "weights.svg",
            "weights.png",
            "weights.csv",
            "templates.svg",
            "templates.png",
            "templates.csv");
    List<String> table = Files.readAllLines(plots.resolve("weights.csv"));
    assertThat(table).hasSize(11);
    assertThat(table.get(0)).startsWith("class,bias,norm,row 0 col 0,row 0 col 1,");
    assertThat(plots.resolve("index.html")).content().contains("<img src=\"templates.svg\"");
  }

  @Test
  void showWritesNoTemplatesOfFeaturesThatAreNoImage() throws Exception {
    Path plots = dir.resolve("flights");

    assertThat(
            execute(
                "models",
                "show",
                "--json",
                "--file",
                file("flights-sgd.safetensors"),
                "--plots",
                plots.toString()))
        .isZero();

    assertThat(JSON.readTree(out).get("model").asText()).isEqualTo("flights-sgd");
    assertThat(err).contains("Wrote ");
    assertThat(names(plots)).contains("weights.svg").doesNotContain("templates.svg");
    assertThat(plots.resolve("weights.svg"))
        .content()
        .contains("weight x scale: logit per standard deviation");
  }

  private void assertRefused(String message, String... arguments) {
    assertThat(explain("small.safetensors", arguments)).isOne();
    assertThat(err).startsWith("logitflow explain: ").contains(message).doesNotContain("\tat ");
  }

  private int named(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--feature-names", file("names.txt")));
    all.addAll(List.of(arguments));
    return explain("small.safetensors", all.toArray(String[]::new));
  }

  private int explain(String model, String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain", "--file", file(model)));
    all.addAll(List.of(arguments));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    StringWriter outWriter = new StringWriter();
    StringWriter errWriter = new StringWriter();
    CommandLine command = LogitflowCommand.commandLine();
    command.setOut(new PrintWriter(outWriter, true)).setErr(new PrintWriter(errWriter, true));
    int code = command.execute(arguments);
    out = outWriter.toString();
    err = errWriter.toString();
    return code;
  }

  private static Stream<JsonNode> values(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<String> resource(String name) throws IOException {
    try (var in = ExplainCommandTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String file(String name) {
    return dir.resolve(name).toString();
  }
}
