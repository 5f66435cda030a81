package io.logitflow.benchmarks.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VariantTest {

  @Test
  void whatIsComparedSharesAJvmAndEachWidthOfVectorsHasItsOwn() {
    assertThat(
            Variant.byJvm(
                List.of(
                    Variant.VECTOR_128,
                    Variant.ONNXRUNTIME,
                    Variant.SCALAR,
                    Variant.VECTOR,
                    Variant.PYTORCH)))
        .containsExactly(
            List.of(Variant.ONNXRUNTIME, Variant.VECTOR, Variant.PYTORCH),
            List.of(Variant.VECTOR_128),
            List.of(Variant.SCALAR));
  }

  @Test
  void withNothingToCompareNoJvmIsShared() {
    assertThat(Variant.byJvm(List.of(Variant.SCALAR))).containsExactly(List.of(Variant.SCALAR));
  }
}
