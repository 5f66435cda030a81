package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.modelfile.ExpectedRows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Model files of other programs on the command line, without a broker. */
class ModelFilesCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path dir;

  private String out;
  private String err;

  @Test
  void anOnnxFileIsShownAsLayersWithTheTimeOfTheFile() throws Exception {
    Path file = ExpectedRows.copy("sklearn-iris-strings.onnx", dir);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-04T05:06:07Z")));

    assertThat(models("show", "--file", file.toString())).isZero();

    assertThat(out)
        .containsPattern("model +sklearn-iris-strings version 1")
        .containsPattern("created +2026-03-04T05:06:07Z")
        .containsPattern("features +4, standardised")
        .containsPattern("classes +3: setosa, versicolor, virginica")
        .containsPattern("network +linear 4 -> 3, softmax")
        .containsPattern("onnx.opset +ai.onnx.ml 1, 17");
  }

  @Test
  void anArtifactIsShownWithTheReason() throws Exception {
    Path file = ExpectedRows.copy("convolutional.dynamo.onnx", dir);

    assertThat(models("show", "--file", file.toString(), "--json")).isZero();

    JsonNode json = JSON.readTree(out);
    assertThat(json.get("featureCount").intValue()).isEqualTo(64);
    assertThat(json.get("classNames")).hasSize(10);
    assertThat(json.path("provenance").path("details").path("onnx.artifact-because").textValue())
        .contains("node \"node_conv2d\" (Conv)");
  }

  @Test
  void aTorchScriptFileNeedsWhatItDoesNotSay() throws Exception {
    String file = ExpectedRows.copy("convolutional.pt", dir).toString();

    assertThat(models("show", "--file", file)).isOne();
    assertThat(err).contains("add --input-shape", "--yields logits").doesNotContain("\tat ");
    assertThat(models("show", "--file", file, "--input-shape", "1,8,8", "--yields", "logits"))
        .isOne();
    assertThat(err).contains("convolutional.pt: classNames is missing");
    assertThat(
            models(
                "show",
                "--file",
                file,
                "--input-shape",
                "1,8,8",
                "--yields",
                "logits",
                "--classes",
                "10"))
        .isZero();
    assertThat(out)
        .containsPattern("network +TORCHSCRIPT\\[1, 8, 8\\] of \\d+ bytes, softmax")
        .containsPattern("classes +10: 0, 1, 2");
    assertThat(models("show", "--file", file, "--input-shape", "8x8", "--yields", "logits"))
        .isOne();
    assertThat(err).contains("--input-shape is 8x8");
  }

  @ParameterizedTest
  @CsvSource({"sklearn-digits.onnx, avro", "mlp-batchnorm.torchscript.onnx, safetensors"})
  void aFileIsExportedInAnotherFormatThatGivesTheSame(String source, String format)
      throws Exception {
    Path written = dir.resolve("written." + format);
    String from = ExpectedRows.copy(source, dir).toString();

    assertThat(export(from, format, written)).isZero();

    assertThat(export(from, format, written)).isOne();
    assertThat(err).contains("exists: give another name, or --force");
    Path container = dir.resolve("container.avro");
    assertThat(export(written.toString(), "avro", container)).isZero();
    Model model = ModelContainer.read(container);
    ExpectedRows.of(source.substring(0, source.indexOf('.')))
        .assertGivenBy(model, KernelChoice.AUTO);
  }

  @Test
  void whatHasNoLayersIsNeitherDrawnNorWrittenAsTensors() throws Exception {
    String file = ExpectedRows.copy("attention.dynamo.onnx", dir).toString();

    assertThat(models("show", "--file", file, "--plots", dir.resolve("plots").toString())).isOne();
    assertThat(err).contains("a network in a file of another program");
    assertThat(export(file, "safetensors", dir.resolve("a.safetensors"))).isOne();
    assertThat(err).contains("write it to .avro");
  }

  @Test
  void aFileWithoutAKnownEndIsKnownByItsBeginning() throws Exception {
    Path file = dir.resolve("weights");
    Files.copy(ExpectedRows.copy("linear.safetensors", dir), file);
    assertThat(models("show", "--file", file.toString())).isZero();
    assertThat(out).containsPattern("network +linear 64 -> 10, softmax");

    Path script = dir.resolve("script");
    Files.copy(ExpectedRows.copy("attention.pt", dir), script);
    assertThat(models("show", "--file", script.toString())).isOne();
    assertThat(err).contains("a TorchScript file does not say");

    Path text = Files.writeString(dir.resolve("text"), "This is no model at all.");
    assertThat(models("show", "--file", text.toString())).isOne();
    assertThat(err).contains("ends in .safetensors, .onnx, .pt (TorchScript) or .avro");
  }

  @Test
  void optionsThatSayNothingOfAFileAreRefused() throws Exception {
    String file = ExpectedRows.copy("linear.safetensors", dir).toString();

    assertThat(models("show", "--file", file, "--yields", "logits")).isOne();
    assertThat(err).contains("go with .onnx and TorchScript files");
    assertThat(models("show", "--file", file, "--classes", "3")).isOne();
    assertThat(err).contains("linear.safetensors: classNames has 3 elements, expected 10");
  }

  private int export(String from, String format, Path file) {
    return models("export", "--from", from, "--format", format, "--file", file.toString());
  }

  private int models(String... arguments) {
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    StringWriter standard = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine command =
        LogitflowCommand.commandLine()
            .setOut(new PrintWriter(standard))
            .setErr(new PrintWriter(error));
    int exit = command.execute(all.toArray(String[]::new));
    out = standard.toString();
    err = error.toString();
    return exit;
  }
}
