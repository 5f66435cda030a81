package io.logitflow.classifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class VectorKernelLookupTest {

  @Test
  void withTheModuleAutoChoosesVectorKernels() {
    assumeTrue(KernelChoices.hasVectorModule());
    assertThat(Kernels.of(KernelChoice.AUTO).description()).startsWith("Vector API, ");
    assertThat(Kernels.of(KernelChoice.VECTOR).description())
        .isEqualTo(Kernels.of(KernelChoice.AUTO).description());
  }

  @Test
  void widthFollowsTheSystemProperty() {
    String bits = System.getProperty("logitflow.vector.bits");
    assumeTrue(KernelChoices.hasVectorModule() && bits != null);
    assertThat(Kernels.of(KernelChoice.VECTOR).description())
        .isEqualTo("Vector API, " + bits + " bits");
  }

  @Test
  void withoutTheModuleAutoChoosesScalarKernels() {
    assumeFalse(KernelChoices.hasVectorModule());
    assertThat(Kernels.of(KernelChoice.AUTO).description()).startsWith("scalar");
  }

  @Test
  void withoutTheModuleVectorIsAnErrorThatSaysWhatToChange() {
    assumeFalse(KernelChoices.hasVectorModule());
    assertThatThrownBy(() -> Kernels.of(KernelChoice.VECTOR))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--add-modules=jdk.incubator.vector");
  }

  @Test
  void scalarIsAlwaysThere() {
    assertThat(Kernels.of(KernelChoice.SCALAR).description()).startsWith("scalar");
  }
}
