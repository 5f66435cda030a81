package io.logitflow.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that share the parts of a piece of work, the calling thread among them. What the parts
 * are must not depend on the number of threads; then results do not either.
 */
public final class Workers implements AutoCloseable {

  private final int threads;
  private final ExecutorService others;

  /**
   * Starts threads.
   *
   * @param threads with the calling one, at least 1
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads, expected at least 1");
    }
    this.threads = threads;
    this.others =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1,
                task -> {
                  Thread thread = new Thread(task, "logitflow-training");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** As many threads as there are cores. */
  public static Workers ofAllCores() {
    return new Workers(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Runs all parts and waits for them. An interrupt does not end them, and stays for the caller to
   * see.
   *
   * @param parts number of parts
   * @param part what runs the part of an index
   */
  void run(int parts, IntConsumer part) {
    AtomicInteger next = new AtomicInteger();
    Runnable share =
        () -> {
          for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            part.accept(i);
          }
        };
    List<CompletableFuture<Void>> shares = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, parts); i++) {
      shares.add(CompletableFuture.runAsync(share, others));
    }
    try {
      share.run();
    } finally {
      // An error of one part must not leave others behind that write into what the caller reuses.
      CompletableFuture.allOf(shares.toArray(CompletableFuture[]::new)).join();
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    if (others != null) {
      others.shutdownNow();
    }
  }
}
