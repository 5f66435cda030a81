package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Makes one of two versions the champion and then the other, again and again, on a thread of its
 * own. The job loads, checks and warms up the version each time.
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
   * @param model published once more, beside the champion
   * @param every from the beginning of a swap to that of the next, unless a swap takes longer
   */
  ModelSwaps(ModelTopic models, Model model, Duration every) {
    this.models = models;
    this.model = model;
    this.everyNanos = every.toNanos();
    thread.start();
  }

  private void swap() {
    try {
      models.promote(model.name(), models.publish(model), "benchmark", "to be measured");
      long next = System.nanoTime() + everyNanos;
      while (!closed) {
        long left = next - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
        } else {
          models.rollback(model.name(), "benchmark", "a swap");
          swaps++;
          next = Math.max(next + everyNanos, System.nanoTime());
        }
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
