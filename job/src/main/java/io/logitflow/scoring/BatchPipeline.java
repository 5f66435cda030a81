package io.logitflow.scoring;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects micro-batches and has them scored, one after the other.
 *
 * <p>Our own kernels score on the task thread. Networks of other programs score beside it: while
 * one batch is scored, the next one is collected. Its predictions are handed on when it is scored,
 * at the latest when the next one is full, and always in the order of the records.
 *
 * <p>For use by the task thread.
 */
final class BatchPipeline implements AutoCloseable {

  /** Scores a batch in two steps. */
  interface Stages {
    /** Whether the first step is worth a thread of its own. Changes between two batches only. */
    boolean isOffloaded();

    /** Computes; with {@link #isOffloaded}, on another thread. */
    void classify(MicroBatch batch);

    /** Hands on what was computed. */
    void handOn(MicroBatch batch);
  }

  private static final Logger LOG = LoggerFactory.getLogger(BatchPipeline.class);

  private final String threadName;
  private final MailboxExecutor mailbox;
  private final Supplier<MicroBatch> room;
  private final Stages stages;

  private MicroBatch collecting;

  /** What is being scored, or room for it; none before it is needed. */
  private MicroBatch beside;

  private BatchInFlight inFlight;
  private long started;

  /**
   * Creates a pipeline.
   *
   * @param threadName name of the thread that scores beside the task thread
   * @param mailbox runs what is to be done on the task thread
   * @param room makes room for a batch
   * @param stages scores
   */
  BatchPipeline(
      String threadName, MailboxExecutor mailbox, Supplier<MicroBatch> room, Stages stages) {
    this.threadName = threadName;
    this.mailbox = mailbox;
    this.room = room;
    this.stages = stages;
    this.collecting = room.get();
  }

  /** The batch that records are added to. Another one after {@link #score}. */
  MicroBatch collecting() {
    return collecting;
  }

  /** Has the collected batch scored. Its predictions are handed on now or soon. */
  void score() {
    if (collecting.isEmpty()) {
      return;
    }
    if (stages.isOffloaded()) {
      awaitInFlight();
      start();
    } else {
      stages.classify(collecting);
      handOn(collecting);
    }
  }

  /** Has everything scored and handed on that was collected. */
  void drain() {
    score();
    awaitInFlight();
  }

  private void start() {
    if (inFlight == null) {
      inFlight = new BatchInFlight(threadName);
      beside = room.get();
    }
    MicroBatch batch = collecting;
    collecting = beside;
    beside = batch;
    long number = ++started;
    inFlight.start(() -> stages.classify(batch), () -> mailScored(number));
  }

  private void mailScored(long number) {
    try {
      mailbox.execute(() -> scored(number), "hand on batch %s", number);
    } catch (RejectedExecutionException e) {
      LOG.debug("The task ended while batch {} was being scored", number);
    }
  }

  /** The batch may have been handed on before, and another be in flight. */
  private void scored(long number) {
    if (number == started) {
      awaitInFlight();
    }
  }

  private void awaitInFlight() {
    if (inFlight != null && inFlight.isPending()) {
      inFlight.await();
      handOn(beside);
    }
  }

  private void handOn(MicroBatch batch) {
    stages.handOn(batch);
    batch.clear();
  }

  /** Ends after the batch in flight, which is lost. Classifiers may be closed afterwards. */
  @Override
  public void close() {
    if (inFlight != null) {
      inFlight.close();
    }
  }
}
