package io.logitflow.classifier.kernel;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the Vector API kernels. Their classes need an incubating module that a JVM has only on
 * request, so nothing refers to them but a name, and only behind the guards here.
 */
final class VectorKernelLookup {

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
  private static final String MODULE = "jdk.incubator.vector";
  private static final String KERNELS = "io.logitflow.classifier.kernel.vector.VectorKernels";

  private VectorKernelLookup() {}

  static Optional<Kernels> available() {
    return Holder.RESULT.kernels;
  }

  static Kernels required() {
    return Holder.RESULT.kernels.orElseThrow(
        () ->
            new IllegalStateException("Vector API kernels cannot run: " + Holder.RESULT.obstacle));
  }

  private record Result(Optional<Kernels> kernels, String obstacle) {
    static Result missing(String obstacle) {
      LOG.warn(
          "Vector API kernels cannot run, and scalar ones are many times slower: {}", obstacle);
      return new Result(Optional.empty(), obstacle);
    }
  }

  private static final class Holder {
    static final Result RESULT = lookUp();
  }

  private static Result lookUp() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Result.missing(
          "this JVM runs without the module "
              + MODULE
              + "; add --add-modules="
              + MODULE
              + " to its options (Flink: env.java.opts.taskmanager)");
    }
    if (System.getProperty("java.vm.info", "").contains("interpreted mode")) {
      return Result.missing("this JVM only interprets; remove -Xint from its options");
    }
    try {
      Kernels kernels =
          Class.forName(KERNELS).asSubclass(Kernels.class).getDeclaredConstructor().newInstance();
      LOG.info("Scoring with kernels: {}", kernels.description());
      return new Result(Optional.of(kernels), "");
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Result.missing(
          "they cannot be started on Java %s: %s"
              .formatted(Runtime.version().feature(), cause.getMessage()));
    }
  }
}
