package io.logitflow.classifier.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.BatchNormLayer;
import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.ExpectedRows;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Layer;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.LowRankLinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.SparseLinearLayer;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.KernelChoices;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.classifier.output.Softmax;
import io.logitflow.classifier.output.TopKSoftmax;
import io.logitflow.classifier.output.TreeSoftmax;
import io.logitflow.classifier.output.TwoLevelSoftmax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SequentialTest {

  @TempDir private Path dir;

  private Path resource(String name) throws IOException {
    Path copy = dir.resolve(name);
    try (InputStream in =
        SequentialTest.class.getResourceAsStream("/io/logitflow/classifier/files/" + name)) {
      Files.copy(in, copy);
    }
    return copy;
  }

  private static Model read(Path file) throws IOException, InvalidModelException {
    return SafetensorsFormat.read(file).name("m").createdAt(Instant.EPOCH).build();
  }

  static Stream<Arguments> files() {
    return Stream.of(
            Arguments.of("linear", List.of("LINEAR")),
            Arguments.of("low-rank", List.of("LOW_RANK_LINEAR")),
            Arguments.of("batchnorm-first", List.of("BATCH_NORM", "LINEAR", "TANH", "LINEAR")),
            Arguments.of(
                "mlp-batchnorm",
                List.of("LINEAR", "BATCH_NORM", "RELU", "LINEAR", "RELU", "LINEAR")))
        .flatMap(
            arguments ->
                KernelChoices.all()
                    .map(choice -> Arguments.of(arguments.get()[0], choice, arguments.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileOfPyTorchGivesWhatPyTorchGives(String name, KernelChoice choice, List<String> layers)
      throws Exception {
    if (List.of("mlp-batchnorm", "batchnorm-first").contains(name)) {
      resource(name + ".json");
    }

    Model model = read(resource(name + ".safetensors"));

    assertThat(model.layers()).extracting(Layer::type).isEqualTo(layers);
    ExpectedRows.of(name).assertGivenBy(model, choice);
  }

  static Stream<OutputFunction> outputFunctions() {
    return Stream.of(
        new Softmax(),
        new TopKSoftmax(2),
        new MultiLabelSigmoid(0.25),
        new TreeSoftmax(List.of(1, -1), List.of(-3, -2)),
        new TwoLevelSoftmax(List.of(0, 0)));
  }

  @ParameterizedTest
  @MethodSource("outputFunctions")
  void whatIsWrittenIsReadAsTheSameModel(OutputFunction function) throws Exception {
    int outputs = function instanceof TwoLevelSoftmax ? 3 : 2;
    List<Layer> layers = new ArrayList<>();
    layers.add(
        new BatchNormLayer(
            Tensor.float32(new float[] {1, 2, 3}, 3),
            Tensor.float64(new double[] {1, 2, 3}, 3),
            0.25,
            Optional.empty(),
            Optional.of(Tensor.float32(new float[] {4, 5, 6}, 3))));
    layers.add(
        new LowRankLinearLayer(
            Tensor.float32(new float[] {1, 2}, 2, 1),
            Tensor.float32(new float[] {1, 2, 3}, 1, 3),
            Optional.empty()));
    layers.add(Activation.leakyRelu(0.5));
    layers.add(Activation.SIGMOID);
    layers.add(LinearLayer.withoutBias(Tensor.float32(new float[2 * outputs], outputs, 2)));
    Model model =
        Model.builder()
            .name("m")
            .createdAt(Instant.EPOCH)
            .normaliser(
                new Normaliser(
                    Tensor.float32(new float[] {1, 0, 1}, 3),
                    Tensor.float32(new float[] {1, 2, 1}, 3)))
            .layers(layers)
            .outputFunction(function)
            .classNames(List.of("a", "b", "c").subList(0, function.classes(outputs)))
            .featureNames(List.of("x", "y", "z"))
            .calibration(
                new Calibration(
                    1,
                    1.5,
                    Arrays.copyOf(new double[] {0.1, -1e-17, 3}, function.classes(outputs))))
            .build();
    Path file = dir.resolve("written.safetensors");

    SafetensorsFormat.write(model, file);

    Model again = read(file);
    assertThat(again.weightsChecksum()).isEqualTo(model.weightsChecksum());
    assertThat(again.classNames()).isEqualTo(model.classNames());
    assertThat(again.featureNames()).isEqualTo(model.featureNames());
    assertThat(again.calibration()).isEqualTo(model.calibration());
  }

  @Test
  void biasesAreReadWithAndWithoutATemperature() throws Exception {
    Path file = resource("linear.safetensors");
    int classes = read(file).classCount();
    double[] biases = new double[classes];
    biases[1] = -0.75;
    String array = Arrays.toString(biases);

    Files.writeString(dir.resolve("linear.json"), "{\"biases\": " + array + "}");
    assertThat(read(file).calibration()).isEqualTo(new Calibration(1, 1, biases));

    Files.writeString(
        dir.resolve("linear.json"), "{\"temperature\": 2, \"biases\": " + array + "}");
    assertThat(read(file).calibration()).isEqualTo(new Calibration(1, 2, biases));

    Files.writeString(dir.resolve("linear.json"), "{\"biases\": [1]}");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("calibration.biases has 1 elements, expected " + classes);
  }

  @Test
  void aSigmoidAtTheEndMeansSeveralLabelsUnlessTheOutputIsSaid() throws Exception {
    Path file = resource("low-rank.safetensors");
    Files.writeString(dir.resolve("low-rank.json"), "{\"layers\": {\"2\": \"sigmoid\"}}");

    assertThat(read(file).outputFunction()).isEqualTo(new MultiLabelSigmoid(0.5));
    assertThat(read(file).layers()).extracting(Layer::type).containsExactly("LOW_RANK_LINEAR");

    Files.writeString(
        dir.resolve("low-rank.json"),
        "{\"layers\": {\"2\": \"sigmoid\"}, \"output\": \"softmax\"}");

    assertThat(read(file).outputFunction()).isEqualTo(new Softmax());
    assertThat(read(file).layers())
        .extracting(Layer::type)
        .containsExactly("LOW_RANK_LINEAR", "SIGMOID");
  }

  @Test
  void whatIsNotSaidIsAskedFor() throws Exception {
    assertThatThrownBy(() -> read(resource("mlp-batchnorm.safetensors")))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(
            "mlp-batchnorm.safetensors: the nn.Sequential has no tensors at [2, 3, 5]")
        .hasMessageContaining("mlp-batchnorm.json");
    Files.writeString(
        dir.resolve("mlp-batchnorm.json"),
        "{\"layers\": {\"2\": \"relu\", \"3\": \"dropout\", \"5\": \"relu\"}}");
    assertThatThrownBy(() -> read(dir.resolve("mlp-batchnorm.safetensors")))
        .hasMessageContaining("tensor \"1.running_mean\" is of a batch normalisation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[] | holds a JSON ARRAY, expected an object",
        "{'layers' | is not JSON",
        "{'layer': {}} | has the entries [layer], expected some of [biases, classes, features,",
        "{'layers': [1]} | layers is a JSON ARRAY",
        "{'layers': {'one': 'relu'}} | layers has \"one\", expected indices",
        "{'layers': {'2': 'gelu'}} | layers.2 is a layer of type GELU, which this version does not",
        "{'layers': {'2': 7}} | layers.2 is 7, expected a name or an object",
        "{'layers': {'2': {'type': 'relu', 'slope': 1}}} | layers.2 of type RELU has [][slope]",
        "{'layers': {'2': {'type': 'relu', 'of': 'x'}}} | layers.2: of is \"x\", expected a number",
        "{'layers': {'1': 'relu'}} | layers.1 is RELU, but",
        "{'layers': {'2': 'softmax', '3': 'relu'}} | layers.2 is a softmax, expected it at the end",
        "{'layers': {'9': 'relu'}} | has no tensors at [2, 3, 4, 5, 6, 7, 8]",
        "{'output': {'type': 'top_k_softmax'}} | output.k is missing",
        "{'output': {'type': 'top_k_softmax', 'k': 0}} | output: k is 0, expected at least 1",
        "{'temperature': 'warm'} | temperature is \"warm\", expected a number",
        "{'biases': 0.5} | biases is 0.5, expected an array of numbers",
        "{'biases': [0.5, 'x']} | biases is [0.5,\"x\"], expected an array of numbers",
        "{'classes': 'a'} | classes is \"a\", expected an array of names",
      })
  void aDescriptionThatIsWrongIsRefusedWithPlaceAndReason(String json, String reason)
      throws Exception {
    Path file = resource("low-rank.safetensors");
    Files.writeString(dir.resolve("low-rank.json"), json.replace('\'', '"'));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("low-rank.json")
        .hasMessageContaining(reason);
  }

  @Test
  void whatPyTorchHasNoLayerForIsNotWritten() throws Exception {
    Model sparse =
        Model.builder()
            .name("m")
            .createdAt(Instant.EPOCH)
            .layers(
                List.of(
                    new SparseLinearLayer(
                        2,
                        Tensor.float32(new float[] {1}, 1),
                        Tensor.int32(new int[] {0}, 1),
                        Tensor.int32(new int[] {0, 1, 1}, 3),
                        Optional.empty())))
            .build();

    assertThatThrownBy(() -> SafetensorsFormat.write(sparse, dir.resolve("s.safetensors")))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("sparse linear layer");
    assertThat(dir.resolve("s.safetensors")).doesNotExist();
  }
}
