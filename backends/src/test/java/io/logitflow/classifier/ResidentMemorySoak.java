package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.classifier.djl.DjlBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models are swapped for as long as a job runs, and native memory is nobody's but ours to free.
 * Takes a minute, so it runs only with the profile {@code soak}.
 */
@EnabledOnOs(OS.LINUX)
class ResidentMemorySoak {

  private static final int WARM_UP_SWAPS = 100;
  private static final int SWAPS = 200;
  private static final int ROWS = 64;
  private static final double GROWTH = 0.05;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutional.pt",
        "convolutional.dynamo.onnx",
        "attention.pt",
        "attention.dynamo.onnx"
      })
  void doesNotGrowWithSwapsOfAModel(String name) throws Exception {
    ModelFile file = ModelFile.of(name);
    swap(file, WARM_UP_SWAPS);
    long before = residentKib();

    swap(file, SWAPS);

    assertThat(residentKib()).isLessThan(before + (long) (GROWTH * before));
  }

  private static void swap(ModelFile file, int times) throws InvalidModelException {
    DjlBackend backend = new DjlBackend();
    float[] batch = file.batch(ROWS);
    float[] outputs = new float[ROWS * file.classCount()];
    for (int i = 0; i < times; i++) {
      try (Network network = backend.load(file.artifact(), file.classCount(), Placement.CPU)) {
        network.run(batch, ROWS, outputs);
      }
    }
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
