package io.logitflow.classifier.djl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AutogradTest {

  @Test
  void withoutDjlItSaysWhereToPutIt() {
    assertThat(Autograd.missing(ClassLoader.getPlatformClassLoader()))
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .contains("DJL, which is not on the class path")
                    .contains("lib/ of the Flink cluster")
                    .contains("./logitflow backends"));
  }

  /** As here, where only the interfaces of DJL are. */
  @Test
  void withoutPyTorchItSaysWhatIsMissing() {
    assertThat(Autograd.missing())
        .hasValueSatisfying(message -> assertThat(message).contains("pytorch-engine, pytorch-jni"));
    assertThat(Autograd.start()).isEqualTo(Autograd.missing());
  }
}
