package io.logitflow.classifier;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Scores a batch on a thread of its own while the caller collects the next one: what a GPU needs to
 * be busy without pause.
 *
 * <p>There is one batch in flight at most, so results come in the order of the batches, and the
 * caller needs two batches and two scores. It calls {@link #await} before it starts the next batch,
 * hands on the results, and does the same wherever nothing may be pending: before a watermark, a
 * checkpoint barrier, a change of the model and the end of the input.
 *
 * <p>For use by one thread.
 */
public final class BatchInFlight implements AutoCloseable {

  private final ExecutorService thread;
  private Future<?> pending;

  /**
   * Nothing in flight yet.
   *
   * @param threadName name of the thread that scores
   */
  public BatchInFlight(String threadName) {
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread scoring = new Thread(work, threadName);
              scoring.setDaemon(true);
              return scoring;
            });
  }

  /**
   * Starts to score a batch. Neither it nor the scores may be touched until {@link #await} has
   * returned.
   *
   * @throws IllegalStateException if a batch is in flight
   * @see Classifier#classify
   */
  public void start(Classifier classifier, FeatureBatch batch, Scores scores) {
    if (isPending()) {
      throw new IllegalStateException("a batch is in flight: await it before the next");
    }
    pending = thread.submit(() -> classifier.classify(batch, scores));
  }

  /** Whether a batch was started and not awaited yet. */
  public boolean isPending() {
    return pending != null;
  }

  /**
   * Waits until the batch in flight is scored; returns at once if there is none. What the
   * classifier threw is thrown here, and nothing is in flight then.
   *
   * @throws InterruptedException if the waiting thread is interrupted; the batch stays in flight
   */
  public void await() throws InterruptedException {
    if (!isPending()) {
      return;
    }
    try {
      pending.get();
      pending = null;
    } catch (ExecutionException e) {
      pending = null;
      throw failure(e.getCause());
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("scoring a batch failed: " + cause.getMessage(), cause);
  }

  /**
   * Ends the thread after the batch in flight, whose results are lost. Classifiers may be closed
   * once this has returned.
   */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (!isTerminated()) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** False if interrupted. A native call cannot be, and its memory must not go while it runs. */
  private boolean isTerminated() {
    try {
      return thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
