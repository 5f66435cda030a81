package io.logitflow.scoring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Scores a batch on a thread of its own while the caller collects the next one: what a GPU needs to
 * be busy without pause.
 *
 * <p>There is one batch in flight at most, so results come in the order of the batches. For use by
 * one thread. Waiting cannot be interrupted: neither can a native call, and its memory must not go
 * while it runs.
 */
final class BatchInFlight implements AutoCloseable {

  private final ExecutorService thread;
  private CompletableFuture<Void> pending;

  /**
   * Nothing in flight yet.
   *
   * @param threadName name of the thread that scores
   */
  BatchInFlight(String threadName) {
    this.thread = Executors.newSingleThreadExecutor(work -> new EngineThread(work, threadName));
  }

  /**
   * Starts to score a batch. What it reads and writes may not be touched until {@link #await} has
   * returned.
   *
   * @param scoring scores the batch
   * @param done called by another thread once {@link #await} need not wait any more
   * @throws IllegalStateException if a batch is in flight
   */
  void start(Runnable scoring, Runnable done) {
    if (isPending()) {
      throw new IllegalStateException("a batch is in flight: await it before the next");
    }
    pending = CompletableFuture.runAsync(scoring, thread);
    var unused = pending.whenComplete((nothing, failure) -> done.run());
  }

  /** Whether a batch was started and not awaited yet. */
  boolean isPending() {
    return pending != null;
  }

  /**
   * Waits until the batch in flight is scored; returns at once if there is none. What the scoring
   * threw is thrown here, and nothing is in flight then.
   */
  void await() {
    if (!isPending()) {
      return;
    }
    CompletableFuture<Void> awaited = pending;
    pending = null;
    try {
      awaited.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("scoring a batch failed: " + cause.getMessage(), cause);
    }
  }

  /**
   * Ends the thread after the batch in flight, whose results are lost. Classifiers may be closed
   * once this has returned.
   */
  @Override
  public void close() {
    thread.shutdown();
    if (isPending()) {
      var unused = pending.handle((nothing, failure) -> null).join();
    }
  }
}
