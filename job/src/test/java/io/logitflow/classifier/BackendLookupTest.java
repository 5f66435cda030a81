package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The class path of these tests has the interfaces of DJL, but no engine. */
class BackendLookupTest {

  @Test
  void withoutDjlTheErrorSaysWhatToAdd() {
    assertThatThrownBy(() -> BackendLookup.required(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("not on the class path")
        .hasMessageContaining("logitflow-backends")
        .hasMessageContaining("lib/")
        .hasMessageContaining("./logitflow backends");
  }

  @ParameterizedTest
  @CsvSource({"TORCHSCRIPT, PyTorch, pytorch-native-cpu", "ONNX, ONNX Runtime, onnxruntime-engine"})
  void withoutTheEngineOfAFormatTheErrorSaysWhatToAdd(
      Artifact.Format format, String engine, String jar) throws InvalidModelException {
    Backend backend = BackendLookup.required();
    Artifact artifact = new Artifact(format, List.of(4), false, new byte[] {1});

    assertThatThrownBy(() -> backend.load(artifact, 3, Placement.CPU))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(engine + " is not on the class path")
        .hasMessageContaining(jar)
        .hasMessageContaining("./logitflow backends");
  }
}
