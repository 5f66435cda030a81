package io.logitflow.scoring;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ModelFeed;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Brings what a feed says to the task thread, between two records. The feed waits until the task
 * has taken it, so no more than one poll of the models topic is ever on its way.
 */
final class MailedFeed implements ModelFeed.Listener {

  /** Hears of the feed on the task thread. */
  interface Listener {
    void record(ConsumedRecord record) throws Exception;

    void caughtUp() throws Exception;
  }

  private final MailboxExecutor mailbox;
  private final Listener listener;

  MailedFeed(MailboxExecutor mailbox, Listener listener) {
    this.mailbox = mailbox;
    this.listener = listener;
  }

  @Override
  public void records(List<ConsumedRecord> records) throws InterruptedException {
    mail(
        () -> {
          for (ConsumedRecord record : records) {
            listener.record(record);
          }
        },
        "take records of the models topic");
  }

  @Override
  public void caughtUp() throws InterruptedException {
    mail(listener::caughtUp, "catch up with the models topic");
  }

  @Override
  public void failed(RuntimeException cause) {
    try {
      mailbox.execute(
          () -> {
            throw new IllegalStateException("Reading the models topic failed", cause);
          },
          "fail reading the models topic");
    } catch (RejectedExecutionException e) {
      // The task has ended before.
      cause.addSuppressed(e);
    }
  }

  private void mail(ThrowingRunnable<Exception> mail, String description)
      throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(1);
    try {
      mailbox.execute(
          () -> {
            mail.run();
            taken.countDown();
          },
          description);
    } catch (RejectedExecutionException e) {
      throw new InterruptedException("The task has ended");
    }
    taken.await();
  }
}
