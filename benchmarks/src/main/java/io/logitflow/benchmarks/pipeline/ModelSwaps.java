package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Publishes a version and makes it the champion again and again, on a thread of its own: what a
 * training job would do, only more often.
 */
final class ModelSwaps implements AutoCloseable {

  private final ModelTopic models;
  private final Model model;
  private final Thread thread = new Thread(this::swap, "model-swaps");
  private final long everyNanos;
  private volatile boolean closed;
  private int swaps;
  private ModelTopicException failure;

  /**
   * Starts to swap.
   *
   * @param models topic of the run; used by nobody else meanwhile
   * @param model published under ever higher version numbers
   * @param every from the beginning of a swap to that of the next
   */
  ModelSwaps(ModelTopic models, Model model, Duration every) {
    this.models = models;
    this.model = model;
    this.everyNanos = every.toNanos();
    thread.start();
  }

  private void swap() {
    long next = System.nanoTime() + everyNanos;
    try {
      while (true) {
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
          if (closed) {
            return;
          }
          TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
        }
        models.promote(model.name(), models.publish(model), "benchmark", "a swap");
        swaps++;
        next += everyNanos;
      }
    } catch (ModelTopicException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the swapping.
   *
   * @return number of swaps
   * @throws ModelTopicException if one failed
   */
  int end() throws ModelTopicException, InterruptedException {
    closed = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return swaps;
  }

  @Override
  public void close() {
    closed = true;
  }
}
