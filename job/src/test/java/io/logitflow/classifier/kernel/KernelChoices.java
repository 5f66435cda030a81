package io.logitflow.classifier.kernel;

import java.util.stream.Stream;

/** The kernels that can run in this JVM, for parameterised tests. */
public final class KernelChoices {

  private KernelChoices() {}

  /** Whether the JVM was started with the module of the Vector API. */
  public static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** Each choice that can run. */
  public static Stream<KernelChoice> all() {
    return hasVectorModule()
        ? Stream.of(KernelChoice.SCALAR, KernelChoice.VECTOR)
        : Stream.of(KernelChoice.SCALAR);
  }
}
