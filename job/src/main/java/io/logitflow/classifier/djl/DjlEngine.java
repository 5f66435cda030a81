package io.logitflow.classifier.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Placement;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine that runs files of a format: one in a JVM, started when the first file wants it. */
enum DjlEngine {
  PYTORCH("PyTorch", "pytorch-engine, pytorch-jni and pytorch-native-cpu of ai.djl.pytorch"),
  ONNX_RUNTIME(
      "OnnxRuntime",
      "onnxruntime-engine of ai.djl.onnxruntime and onnxruntime of com.microsoft.onnxruntime");

  private static final Logger LOG = LoggerFactory.getLogger(DjlEngine.class);

  private final String engineName;
  private final String jars;

  DjlEngine(String engineName, String jars) {
    this.engineName = engineName;
    this.jars = jars;
  }

  static DjlEngine of(Artifact.Format format) {
    return switch (format) {
      case TORCHSCRIPT -> PYTORCH;
      case ONNX -> ONNX_RUNTIME;
    };
  }

  /** Options of loading a file, as DJL takes them. */
  Map<String, String> loadOptions() {
    return switch (this) {
      case PYTORCH -> Map.of("mapLocation", "true");
      case ONNX_RUNTIME ->
          Map.of(
              "intraOpNumThreads", EngineSettings.onnxRuntimeThreads(), "interOpNumThreads", "1");
    };
  }

  /** What is missing on the class path, and what to do; empty if nothing. Starts nothing. */
  Optional<String> missing() {
    EngineSettings.apply();
    return Engine.hasEngine(engineName)
        ? Optional.empty()
        : Optional.of(
            "%s is not on the class path: put %s, all in logitflow-backends, into lib/ of the Flink"
                    .formatted(this, jars)
                + " cluster and restart it; for a cluster inside the launcher, run ./logitflow"
                + " backends once");
  }

  /**
   * The engine, started.
   *
   * @throws InvalidModelException if it is not there or does not start; it says what to add
   */
  Engine start() throws InvalidModelException {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new InvalidModelException(missing.get());
    }
    try {
      return Engine.getEngine(engineName);
    } catch (EngineException | LinkageError e) {
      throw new InvalidModelException(
          "%s cannot start: %s. It needs the native library of this platform and %s on the class"
                  .formatted(this, Causes.innermost(e), jars)
              + " path of the cluster (lib/, not the jar of the job, as a JVM can load a native"
              + " library once only)",
          e);
    }
  }

  /**
   * The device of a placement.
   *
   * @throws InvalidModelException if there is no such GPU for this engine, and the CPU will not do
   */
  Device device(Engine engine, Placement placement) throws InvalidModelException {
    if (placement.gpu().isEmpty()) {
      return Device.cpu();
    }
    int gpu = placement.gpu().getAsInt();
    String obstacle = obstacle(engine, gpu);
    if (obstacle.isEmpty()) {
      return Device.gpu(gpu);
    }
    String missing = "%s cannot compute on %s: %s".formatted(this, placement, obstacle);
    if (!placement.cpuIfMissing()) {
      throw new InvalidModelException(missing);
    }
    LOG.warn("{}. The CPU is used instead.", missing);
    return Device.cpu();
  }

  private String obstacle(Engine engine, int gpu) {
    if (this == ONNX_RUNTIME) {
      return "ONNX files are served on the CPU; export the network as TorchScript for a GPU";
    }
    if (!engine.hasCapability(StandardCapabilities.CUDA)) {
      return "its native library is the one for CPUs; set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and"
          + " PYTORCH_FLAVOR to one with CUDA";
    }
    int count = engine.getGpuCount();
    return gpu < count ? "" : "the engine sees " + count + " GPUs, counted from 0";
  }

  @Override
  public String toString() {
    return this == PYTORCH ? "PyTorch" : "ONNX Runtime";
  }
}
