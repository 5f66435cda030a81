package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchInFlightTest {

  private final CountDownLatch mayScore = new CountDownLatch(1);
  private final AtomicInteger scored = new AtomicInteger();
  private final BatchInFlight inFlight = new BatchInFlight("test");

  @AfterEach
  void close() {
    mayScore.countDown();
    inFlight.close();
  }

  @Test
  void theCallerGoesOnWhileABatchIsScored() {
    start();
    assertThat(inFlight.isPending()).isTrue();
    // The scoring waits for what is done only here.
    mayScore.countDown();
    inFlight.await();

    assertThat(scored).hasValue(1);
    assertThat(inFlight.isPending()).isFalse();
  }

  @Test
  void whenItIsSaidToBeDoneNobodyHasToWait() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    mayScore.countDown();
    inFlight.start(this::score, done::countDown);
    done.await();

    assertThat(scored).hasValue(1);
  }

  @Test
  void aSecondBatchIsRefusedWhileOneIsInFlight() {
    start();

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("await it");
  }

  @Test
  void aFailureShowsWhereTheResultsAreAwaitedAndTheNextBatchMayStart() {
    inFlight.start(
        () -> {
          throw new IndexOutOfBoundsException("row 7");
        },
        () -> {});

    assertThatThrownBy(inFlight::await)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("row 7")
        .hasCauseInstanceOf(IndexOutOfBoundsException.class);
    mayScore.countDown();
    start();
    inFlight.await();
    assertThat(scored).hasValue(1);
  }

  @Test
  void anInterruptDoesNotEndTheWaitingAndIsKept() {
    start();
    Thread.currentThread().interrupt();
    mayScore.countDown();
    inFlight.await();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(scored).hasValue(1);
  }

  @Test
  void closingWaitsForTheBatchInFlight() {
    start();
    mayScore.countDown();
    inFlight.close();

    assertThat(scored).hasValue(1);
  }

  private void start() {
    inFlight.start(this::score, () -> {});
  }

  private void score() {
    try {
      mayScore.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    scored.incrementAndGet();
  }
}
