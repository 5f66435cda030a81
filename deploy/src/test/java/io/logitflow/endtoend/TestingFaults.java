package io.logitflow.endtoend;

import io.logitflow.learning.rounds.Shard;
import io.logitflow.learning.rounds.Step;
import io.logitflow.learning.shards.ShardedOutcome;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes wrong in a training on shards, and when. In a static place, because the tasks of the
 * cluster in this JVM get copies of everything else.
 */
final class TestingFaults {

  /** Where something goes wrong. */
  enum Place {
    NOWHERE,
    SUBTASK,
    COORDINATOR,

    /** A subtask never answers. */
    STUCK
  }

  /** Rounds, and iterations, before something goes wrong. */
  private static final int BEFORE = 12;

  private static volatile TestingFaults current;

  private final Place place;
  private final AtomicInteger rounds = new AtomicInteger();
  private final CountDownLatch reached = new CountDownLatch(1);

  /** The first may have begun before the fault's place was reached, the second has not. */
  private final CountDownLatch checkpoints = new CountDownLatch(2);

  final BlockingQueue<ShardedOutcome> outcomes = new LinkedBlockingQueue<>();

  private TestingFaults(Place place) {
    this.place = place;
  }

  static TestingFaults begin(Place place) {
    current = new TestingFaults(place);
    return current;
  }

  static TestingFaults current() {
    return current;
  }

  void checkpointCompleted() {
    if (reached.getCount() == 0) {
      checkpoints.countDown();
    }
  }

  /** Waits until the training has come to the place of its fault. */
  void awaitReached() throws InterruptedException {
    reached.await();
  }

  /** A shard that fails once, in the middle, after checkpoints that completed meanwhile. */
  Shard faulty(Shard shard) {
    return (step, question) -> {
      if (step == Step.LOSS && rounds.incrementAndGet() == BEFORE) {
        if (place == Place.SUBTASK) {
          fail();
        } else if (place == Place.STUCK) {
          reached.countDown();
          await(new CountDownLatch(1));
        }
      }
      return shard.answer(step, question);
    };
  }

  void iterated(int iterations) {
    if (place == Place.COORDINATOR && iterations >= BEFORE && reached.getCount() == 1) {
      fail();
    }
  }

  private void fail() {
    reached.countDown();
    await(checkpoints);
    throw new IllegalStateException("injected at the " + place);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a fault was due", e);
    }
  }
}
