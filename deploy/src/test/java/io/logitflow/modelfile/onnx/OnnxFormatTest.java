package io.logitflow.modelfile.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Layer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.format.SafetensorsFormat;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.modelfile.ExpectedRows;
import io.logitflow.modelfile.ImportedNetwork;
import io.logitflow.modelfile.StatedTraits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFormatTest {

  @TempDir private Path dir;

  private static Model model(ImportedNetwork network) throws InvalidModelException {
    return network.builder().name("m").createdAt(Instant.EPOCH).build();
  }

  private Model read(String file) throws Exception {
    return model(OnnxFormat.read(ExpectedRows.copy(file, dir), StatedTraits.NONE));
  }

  static Stream<Arguments> layers() {
    return Stream.of(
            "linear-softmax.dynamo | linear 64 -> 10, softmax",
            "linear-softmax.torchscript | linear 64 -> 10, softmax",
            "low-rank.dynamo | low rank linear 64 -> 10, softmax",
            "low-rank.torchscript | low rank linear 64 -> 10, softmax",
            "mlp-batchnorm.dynamo | linear 64 -> 32, relu, linear 32 -> 16, relu, linear 16 -> 10,"
                + " softmax",
            "mlp-batchnorm.torchscript | linear 64 -> 32, batch norm 32 -> 32, relu, linear 32 ->"
                + " 16, relu, linear 16 -> 10, softmax",
            "batchnorm-first.dynamo | batch norm 64 -> 64, linear 64 -> 16, tanh, linear 16 -> 10,"
                + " softmax",
            "batchnorm-first.torchscript | batch norm 64 -> 64, linear 64 -> 16, tanh, linear 16"
                + " -> 10, softmax",
            "activations.dynamo | linear 64 -> 24, leaky relu, linear 24 -> 20, sigmoid, linear 20"
                + " -> 16, tanh, linear 16 -> 10, softmax",
            "activations.torchscript | linear 64 -> 24, leaky relu, linear 24 -> 20, sigmoid,"
                + " linear 20 -> 16, tanh, linear 16 -> 10, softmax",
            "sklearn-digits | linear 64 -> 10, softmax",
            "sklearn-iris-strings | linear 4 -> 3, softmax",
            "sklearn-iris-tensor | linear 4 -> 3, softmax",
            "sklearn-iris-one-vs-rest | linear 4 -> 3, one vs rest",
            "sklearn-cancer-binary | linear 30 -> 2, softmax")
        .map(line -> line.split(" \\| "))
        .flatMap(
            cells ->
                Stream.of(KernelChoice.SCALAR, KernelChoice.VECTOR)
                    .map(choice -> Arguments.of(cells[0], choice, cells[1])));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void whatLayersCanExpressBecomesLayersAndGivesTheSame(
      String name, KernelChoice choice, String architecture) throws Exception {
    Model model = read(name + ".onnx");

    assertThat(model.artifact()).isEmpty();
    assertThat(String.join(", ", model.architecture())).isEqualTo(architecture);
    assertThat(model.normaliser().isPresent()).isEqualTo(name.startsWith("sklearn"));
    assertThat(model.goldenRows()).isNotEmpty();
    ExpectedRows.of(name.replaceAll("\\..*", "")).assertGivenBy(model, choice);
  }

  @Test
  void classesHaveTheirNames() throws Exception {
    assertThat(read("sklearn-iris-strings.onnx").classNames())
        .containsExactly("setosa", "versicolor", "virginica");
    assertThat(read("sklearn-cancer-binary.onnx").classNames()).containsExactly("0", "1");
  }

  @Test
  void weightsAreThoseOfTheSafetensorsFileBitForBit() throws Exception {
    Model onnx = read("linear-softmax.torchscript.onnx");
    Model safetensors =
        SafetensorsFormat.read(ExpectedRows.copy("linear.safetensors", dir))
            .name("m")
            .createdAt(Instant.EPOCH)
            .build();

    assertThat(onnx.weightsChecksum()).isEqualTo(safetensors.weightsChecksum());
  }

  @ParameterizedTest
  @CsvSource({
    "convolutional.dynamo.onnx, '1,8,8', 10, false, Conv",
    "convolutional.torchscript.onnx, '1,8,8', 10, false, Conv",
    "attention.dynamo.onnx, '8,16', 5, true, Transpose",
    "attention.torchscript.onnx, '8,16', 5, true, Transpose",
  })
  void whatLayersCannotExpressBecomesAnArtifact(
      String file, String shape, int classes, boolean probabilities, String because)
      throws Exception {
    ImportedNetwork network = OnnxFormat.read(ExpectedRows.copy(file, dir), StatedTraits.NONE);
    Model model = model(network);

    Artifact artifact = model.artifact().orElseThrow();
    assertThat(model.layers()).extracting(Layer::type).isEmpty();
    assertThat(artifact.format()).isEqualTo(Artifact.Format.ONNX);
    assertThat(artifact.inputShape())
        .isEqualTo(Arrays.stream(shape.split(",")).map(Integer::valueOf).toList());
    assertThat(artifact.yieldsProbabilities()).isEqualTo(probabilities);
    assertThat(artifact.content()).isEqualTo(Files.readAllBytes(dir.resolve(file)));
    assertThat(model.classCount()).isEqualTo(classes);
    assertThat(network.details().get("onnx.artifact-because")).contains(because);
  }

  @Test
  void anOperatorOfNobodyIsRefusedWithItsNode() throws Exception {
    Path file = ExpectedRows.copy("unknown-operator.onnx", dir);

    assertThatThrownBy(() -> OnnxFormat.read(file, StatedTraits.NONE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("unknown-operator.onnx: node \"mystery\" (com.example:Mystify)")
        .hasMessageContaining("an operator that ONNX does not have");
  }

  @Test
  void truncatedAndForeignFilesAreRefused() throws Exception {
    byte[] valid = Files.readAllBytes(ExpectedRows.copy("sklearn-digits.onnx", dir));
    Path file = dir.resolve("short.onnx");
    for (int length : new int[] {0, 1, 40, valid.length / 2, valid.length - 1}) {
      Files.write(file, Arrays.copyOf(valid, length));
      assertThatThrownBy(() -> OnnxFormat.read(file, StatedTraits.NONE))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("short.onnx: " + length + " bytes");
    }
    Files.writeString(file, "{\"a\": 1}");
    assertThatThrownBy(() -> OnnxFormat.read(file, StatedTraits.NONE))
        .isInstanceOf(InvalidModelException.class);
  }

  @Test
  void mutatedFilesAreReadOrRefusedAndNothingElse() throws Exception {
    Random random = new Random(7);
    int refused = 0;
    int rounds = 0;
    Path file = dir.resolve("mutated.onnx");
    for (String name :
        List.of(
            "sklearn-iris-strings.onnx",
            "low-rank.torchscript.onnx",
            "batchnorm-first.dynamo.onnx")) {
      byte[] valid = Files.readAllBytes(ExpectedRows.copy(name, dir));
      for (int round = 0; round < 1_500; round++) {
        byte[] mutated = Arrays.copyOf(valid, valid.length - random.nextInt(3));
        for (int i = random.nextInt(3); i >= 0; i--) {
          mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        Files.write(file, mutated);
        rounds++;
        try {
          assertThat(model(OnnxFormat.read(file, StatedTraits.NONE)).featureCount()).isPositive();
        } catch (InvalidModelException e) {
          assertThat(e.getMessage()).isNotBlank();
          refused++;
        }
      }
    }
    assertThat(refused).isBetween(rounds / 4, rounds - 1);
  }
}
