package io.logitflow.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.generator.random.SeededRandom;
import org.junit.jupiter.api.Test;

final class LabelQueueTest {

  @Test
  void labelsComeInTheOrderOfTheirTimes() {
    LabelQueue queue = new LabelQueue(1_000);
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 1_000; i++) {
      queue.add(label(i), random.nextInt(300));
    }
    long before = -1;
    while (queue.size() > 0) {
      assertThat(queue.earliestDueNanos()).isGreaterThanOrEqualTo(before);
      before = queue.earliestDueNanos();
      queue.poll();
    }
  }

  @Test
  void labelsOfTheSameTimeComeInTheOrderTheyWereAdded() {
    LabelQueue queue = new LabelQueue(100);
    for (int i = 0; i < 100; i++) {
      queue.add(label(i), i % 2);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(queue.poll().label()).isEqualTo(i < 50 ? 2 * i : 2 * (i - 50) + 1);
    }
  }

  @Test
  void fullQueueTakesNoMore() {
    LabelQueue queue = new LabelQueue(2);
    queue.add(label(0), 5);
    assertThat(queue.isFull()).isFalse();
    queue.add(label(1), 4);
    assertThat(queue.isFull()).isTrue();
    assertThatThrownBy(() -> queue.add(label(2), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 labels already");
    assertThat(queue.poll().label()).isEqualTo(1);
    assertThat(queue.isFull()).isFalse();
  }

  @Test
  void emptyQueueIsNeverDue() {
    LabelQueue queue = new LabelQueue(2);
    assertThat(queue.poll()).isNull();
    assertThat(queue.earliestDueNanos()).isEqualTo(Long.MAX_VALUE);
    queue.add(label(0), 5);
    queue.clear();
    assertThat(queue.size()).isZero();
    assertThat(queue.earliestDueNanos()).isEqualTo(Long.MAX_VALUE);
  }

  private static PendingLabel label(int label) {
    return new PendingLabel(new byte[0], label, 0, new double[0]);
  }
}
