package io.logitflow.connector;

import java.io.Serializable;
import java.util.List;

/**
 * The records of the models topic, from its beginning and on as they come, handed to a listener.
 *
 * <p>Every subtask has a feed of its own. That costs a consumer each, on a topic that sees a few
 * records a day, and spares the hot path what a second input of the dataflow would cost: see
 * docs/model-input.md.
 */
public interface ModelFeed extends AutoCloseable {

  /**
   * Hears of the records. The feed waits until a call has returned before it makes the next one.
   */
  interface Listener {

    /**
     * Takes records in the order of their partitions.
     *
     * @throws InterruptedException if the feed is closed meanwhile
     */
    void records(List<ConsumedRecord> records) throws InterruptedException;

    /** All that was on the topic when the feed started has been handed over. Called once. */
    void caughtUp() throws InterruptedException;

    /** The feed has failed and ends. */
    void failed(RuntimeException cause);
  }

  /** Starts feeds where they are needed. */
  @FunctionalInterface
  interface Factory extends Serializable {

    /** Starts a feed that calls {@code listener} on a thread of its own. */
    ModelFeed start(String threadName, Listener listener);
  }

  /** Ends the feed; the listener is not called any more. */
  @Override
  void close();
}
