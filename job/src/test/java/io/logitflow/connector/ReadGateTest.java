package io.logitflow.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadGateTest {

  private final TestingTaskMetrics task = new TestingTaskMetrics("attempt-1");

  @AfterEach
  void forget() {
    ReadGate.forgetTask(task);
  }

  @Test
  void aGateStartsClosedAndStaysOpenOnceOpened() {
    ReadGate gate = ReadGate.ofTask(task);
    CompletableFuture<Void> opened = gate.opened();
    assertThat(gate.isOpen()).isFalse();
    assertThat(opened).isNotDone();

    gate.open();
    gate.open();
    assertThat(gate.isOpen()).isTrue();
    assertThat(opened).isCompleted();
  }

  @Test
  void allOfATaskAttemptFindTheSameGateAndOthersFindOthers() {
    ReadGate gate = ReadGate.ofTask(task);
    TestingTaskMetrics next = new TestingTaskMetrics("attempt-2");
    try {
      assertThat(ReadGate.ofTask(new TestingTaskMetrics("attempt-1"))).isSameAs(gate);
      assertThat(ReadGate.ofTask(next)).isNotSameAs(gate);
    } finally {
      ReadGate.forgetTask(next);
    }
  }

  @Test
  void aTaskThatEndedLeavesNothing() {
    ReadGate gate = ReadGate.ofTask(task);
    ReadGate.forgetTask(task);

    assertThat(ReadGate.ofTask(task)).isNotSameAs(gate);
  }

  @Test
  void outsideATaskThereIsNoGate() {
    assertThatThrownBy(() -> ReadGate.ofTask(new UnregisteredMetricsGroup()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("<task_attempt_id>");
  }
}
