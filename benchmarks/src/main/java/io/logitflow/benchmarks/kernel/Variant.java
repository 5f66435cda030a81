package io.logitflow.benchmarks.kernel;

import ai.onnxruntime.OrtException;
import io.logitflow.classifier.kernel.KernelChoice;
import java.util.List;
import java.util.Locale;

/** What computes. */
enum Variant {
  SCALAR,
  VECTOR,
  VECTOR_128,
  VECTOR_256,
  VECTOR_512,
  ONNXRUNTIME,
  PYTORCH;

  /** Name in options and reports, {@code vector-128}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Variant of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  Forward open(Network network, int rows) throws OrtException {
    return switch (this) {
      case SCALAR -> new LogitflowForward(network, rows, KernelChoice.SCALAR);
      case VECTOR, VECTOR_128, VECTOR_256, VECTOR_512 ->
          new LogitflowForward(network, rows, KernelChoice.VECTOR);
      case ONNXRUNTIME -> new OnnxRuntimeForward(network, rows);
      case PYTORCH -> new DjlForward(network, rows);
    };
  }

  /** What its JVM needs besides the class path. */
  List<String> jvmOptions() {
    return switch (this) {
      case SCALAR, ONNXRUNTIME -> List.of();
      case VECTOR -> List.of("--add-modules=jdk.incubator.vector");
      case VECTOR_128, VECTOR_256, VECTOR_512 ->
          List.of(
              "--add-modules=jdk.incubator.vector",
              "-Dlogitflow.vector.bits=" + name().substring("VECTOR_".length()));
      case PYTORCH ->
          List.of(
              "-Dai.djl.offline=true",
              "-Dai.djl.pytorch.num_threads=1",
              "-Dai.djl.pytorch.num_interop_threads=1");
    };
  }
}
