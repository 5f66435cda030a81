package io.logitflow.benchmarks.kernel;

import ai.onnxruntime.OrtException;
import io.logitflow.classifier.kernel.KernelChoice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What computes. */
enum Variant {
  SCALAR,
  VECTOR,
  VECTOR_128,
  VECTOR_256,
  VECTOR_512,
  ONNXRUNTIME,
  PYTORCH;

  private static final Set<Variant> COMPARED = EnumSet.of(VECTOR, ONNXRUNTIME, PYTORCH);

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

  /**
   * Which share a JVM: those that are compared. A JVM has one width of vectors, and what takes much
   * longer than the rest would leave it few turns.
   */
  static List<List<Variant>> byJvm(List<Variant> variants) {
    Map<Boolean, List<Variant>> comparedFirst =
        variants.stream().collect(Collectors.partitioningBy(COMPARED::contains));
    List<List<Variant>> jvms = new ArrayList<>();
    if (!comparedFirst.get(true).isEmpty()) {
      jvms.add(comparedFirst.get(true));
    }
    comparedFirst.get(false).forEach(variant -> jvms.add(List.of(variant)));
    return jvms;
  }

  /** What its JVM needs beside what all have. */
  List<String> jvmOptions() {
    return switch (this) {
      case SCALAR, VECTOR, ONNXRUNTIME -> List.of();
      case VECTOR_128, VECTOR_256, VECTOR_512 ->
          List.of("-Dlogitflow.vector.bits=" + name().substring("VECTOR_".length()));
      case PYTORCH ->
          List.of(
              "-Dai.djl.offline=true",
              "-Dai.djl.pytorch.num_threads=1",
              "-Dai.djl.pytorch.num_interop_threads=1");
    };
  }
}
