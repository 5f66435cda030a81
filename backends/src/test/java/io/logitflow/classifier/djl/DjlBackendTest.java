package io.logitflow.classifier.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.ModelFile;
import io.logitflow.classifier.Network;
import io.logitflow.classifier.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlBackendTest {

  private static final Placement GPU = new Placement(OptionalInt.of(0), false);
  private static final Placement GPU_OR_CPU = new Placement(OptionalInt.of(0), true);

  private final DjlBackend backend = new DjlBackend();

  @AfterEach
  void nothingIsLeftLoaded() {
    assertThat(DjlBackend.loadedCount()).isZero();
  }

  @Nested
  class NetworksOfEqualContent {

    @Test
    void shareTheirWeightsUntilTheLastIsClosed() throws InvalidModelException {
      ModelFile file = ModelFile.of("convolutional.pt");
      Network first = load(file);
      Network second = load(ModelFile.of("convolutional.pt"));
      assertThat(DjlBackend.loadedCount()).isEqualTo(1);

      float[] whole = outputs(first, file, 3);
      first.close();
      assertThat(outputs(second, file, 3)).isEqualTo(whole);
      assertThat(DjlBackend.loadedCount()).isEqualTo(1);

      second.close();
      assertThat(DjlBackend.loadedCount()).isZero();
    }

    @Test
    void areReleasedOnceHoweverOftenOneIsClosed() throws InvalidModelException {
      ModelFile file = ModelFile.of("convolutional.dynamo.onnx");
      Network first = load(file);
      Network second = load(file);

      first.close();
      first.close();

      assertThat(outputs(second, file, 1)).hasSize(10);
      second.close();
    }

    @Test
    void areNotSharedByOtherContentOrAnotherEngine() throws InvalidModelException {
      try (Network pytorch = load(ModelFile.of("convolutional.pt"));
          Network onnx = load(ModelFile.of("convolutional.dynamo.onnx"));
          Network attention = load(ModelFile.of("attention.pt"))) {
        assertThat(Stream.of(pytorch, onnx, attention)).doesNotContainNull();
        assertThat(DjlBackend.loadedCount()).isEqualTo(3);
      }
    }

    @Test
    void areScoredByThreadsAtTheSameTime() throws Exception {
      ModelFile file = ModelFile.of("attention.pt");
      ExecutorService threads = Executors.newFixedThreadPool(3);
      try (Network network = load(file)) {
        float[] expected = outputs(network, file, 64);
        Callable<Boolean> score =
            () -> {
              for (int batch = 0; batch < 50; batch++) {
                if (!Arrays.equals(outputs(network, file, 64), expected)) {
                  return false;
                }
              }
              return true;
            };
        for (Future<Boolean> same : threads.invokeAll(List.of(score, score, score))) {
          assertThat(same.get()).isTrue();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Nested
  class AFileIsRefused {

    @Test
    void whenAnOperatorIsUnknown() {
      Artifact artifact = onnx("unknown-operator.onnx", List.of(4));

      assertThatThrownBy(() -> backend.load(artifact, 3, Placement.CPU))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("ONNX[4] of 265 bytes cannot be loaded by ONNX Runtime")
          .hasMessageContaining("com.example:Mystify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"convolutional.pt", "convolutional.dynamo.onnx"})
    void whenItIsTruncated(String name) {
      byte[] content = ModelFile.bytes(name);
      Artifact artifact =
          new Artifact(
              ModelFile.format(name),
              List.of(1, 8, 8),
              false,
              Arrays.copyOf(content, content.length / 2));

      assertThatThrownBy(() -> backend.load(artifact, 10, Placement.CPU))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("of " + content.length / 2 + " bytes cannot be loaded by");
    }

    @ParameterizedTest
    @ValueSource(strings = {"convolutional.pt", "convolutional.dynamo.onnx"})
    void whenItYieldsAnotherNumberOfClasses(String name) {
      assertThatThrownBy(() -> backend.load(ModelFile.of(name).artifact(), 7, Placement.CPU))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining(
              "yields float32 of shape (2, 10) for 2 rows, expected float32 of shape (2, 7)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"convolutional.pt", "convolutional.dynamo.onnx"})
    void whenItTakesRowsOfAnotherShape(String name) {
      Artifact artifact =
          new Artifact(ModelFile.format(name), List.of(3, 8, 8), false, ModelFile.bytes(name));

      assertThatThrownBy(() -> backend.load(artifact, 10, Placement.CPU))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("cannot be run on 2 rows of shape [3, 8, 8]");
    }

    @Test
    void whenItYieldsSeveralArrays() {
      Artifact artifact = onnx("sklearn-iris-tensor.onnx", List.of(4));

      assertThatThrownBy(() -> backend.load(artifact, 3, Placement.CPU))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("it yields 2 arrays, expected one");
    }
  }

  @Nested
  class OnAMachineWithoutGpu {

    @Test
    void aGpuThatIsRequiredIsMissed() {
      assertThatThrownBy(() -> backend.load(ModelFile.of("convolutional.pt").artifact(), 10, GPU))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("PyTorch cannot compute on GPU 0")
          .hasMessageContaining("PYTORCH_FLAVOR");
    }

    @Test
    void theCpuComputesWhereItMay() throws InvalidModelException {
      ModelFile file = ModelFile.of("convolutional.pt");
      try (Network cpu = load(file);
          Network fallback = backend.load(file.artifact(), 10, GPU_OR_CPU)) {
        assertThat(outputs(fallback, file, 3)).isEqualTo(outputs(cpu, file, 3));
        assertThat(DjlBackend.loadedCount()).isEqualTo(1);
      }
    }
  }

  @Test
  void loadingLeavesNoFilesBehind() throws Exception {
    long before = temporaryFolders();
    for (String name : List.of("convolutional.pt", "convolutional.dynamo.onnx")) {
      load(ModelFile.of(name)).close();
    }
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  @Test
  void nothingIsFetchedAtRunTime() throws InvalidModelException {
    load(ModelFile.of("convolutional.pt")).close();

    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
  }

  private Network load(ModelFile file) throws InvalidModelException {
    return backend.load(file.artifact(), file.classCount(), Placement.CPU);
  }

  private static Artifact onnx(String name, List<Integer> shape) {
    return new Artifact(Artifact.Format.ONNX, shape, false, ModelFile.bytes(name));
  }

  private static float[] outputs(Network network, ModelFile file, int rows) {
    float[] outputs = new float[rows * file.classCount()];
    network.run(file.batch(rows), rows, outputs);
    return outputs;
  }

  private static long temporaryFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(pt|ort)-model.*"))
          .count();
    }
  }
}
