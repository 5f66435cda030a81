package io.logitflow.learning.rounds;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subtask's side of trainings: it offers a shard, and answers the coordinator's questions about
 * it on a thread of its own, while the task goes on with records and checkpoints. All methods are
 * called on the task's thread.
 */
public final class ShardRounds implements OperatorEventHandler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardRounds.class);

  private final OperatorEventGateway coordinator;
  private final MailboxExecutor mailbox;
  private final ResultListener listener;
  private final int valuesOfPart;
  private final ExecutorService thread;

  private long training;
  private Shard shard;

  /** Written by the task's thread; what a session before asked need not be answered. */
  private volatile int session;

  private VectorAssembly question;

  /** Who is told what a training came to. */
  @FunctionalInterface
  public interface ResultListener {

    /**
     * A training has ended. Called on the task's thread, in every subtask.
     *
     * @param training its number
     * @param result what the program returned
     */
    void trained(long training, double[] result);
  }

  /**
   * Creates the side of a subtask.
   *
   * @param coordinator takes events to the coordinator
   * @param mailbox of the operator
   * @param listener told of results
   * @param subtask for the name of the thread
   */
  public ShardRounds(
      OperatorEventGateway coordinator,
      MailboxExecutor mailbox,
      ResultListener listener,
      int subtask) {
    this(coordinator, mailbox, listener, subtask, VectorPart.DEFAULT_VALUES);
  }

  ShardRounds(
      OperatorEventGateway coordinator,
      MailboxExecutor mailbox,
      ResultListener listener,
      int subtask,
      int valuesOfPart) {
    this.coordinator = coordinator;
    this.mailbox = mailbox;
    this.listener = listener;
    this.valuesOfPart = valuesOfPart;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread worker = new Thread(work, "logitflow shard " + subtask);
              worker.setDaemon(true);
              return worker;
            });
  }

  /** Whether a shard is offered whose training has not ended. */
  public boolean isTraining() {
    return shard != null;
  }

  /**
   * Offers a shard for a training, which begins when all subtasks have offered theirs.
   *
   * @param number of the training, from 1 on; the same in all subtasks
   * @param rows what is trained with; whatever comes later must not change it
   * @throws IllegalStateException if a training has not ended
   */
  public void offer(long number, Shard rows) {
    if (shard != null) {
      throw new IllegalStateException(
          "a shard for training %d, but training %d has not ended".formatted(number, training));
    }
    training = number;
    shard = rows;
    coordinator.sendEventToCoordinator(new ShardOffered(number));
  }

  @Override
  public void handleOperatorEvent(OperatorEvent event) {
    if (!(event instanceof VectorPart part)) {
      throw new IllegalArgumentException("unknown event of the coordinator: " + event);
    }
    RoundId id = part.id();
    if (shard == null || id.training() != training || id.session() < session) {
      return; // Of a session that was stopped.
    }
    if (id.session() > session) {
      session = id.session();
      question = null;
    }
    if (question == null) {
      question = new VectorAssembly();
    }
    if (!question.add(part)) {
      return;
    }
    double[] vector = question.vector();
    question = null;
    if (part.step() == Step.RESULT) {
      shard = null;
      listener.trained(id.training(), vector);
    } else {
      Shard asked = shard;
      thread.execute(() -> answer(asked, id, part.step(), vector));
    }
  }

  private void answer(Shard asked, RoundId id, Step step, double[] vector) {
    if (id.session() < session) {
      return;
    }
    ThrowingRunnable<Exception> mail;
    try {
      double[] answer = asked.answer(step, vector);
      mail = () -> send(id, step, answer);
    } catch (RuntimeException | Error failure) {
      mail =
          () -> {
            throw new IllegalStateException(
                "%s of %s failed: %s".formatted(step, id, failure.getMessage()), failure);
          };
    }
    try {
      mailbox.execute(mail, "answer to a question of a training");
    } catch (RejectedExecutionException ended) {
      LOG.debug("the task has ended, nobody waits for the answer to {}", id);
    }
  }

  private void send(RoundId id, Step step, double[] answer) {
    if (id.session() == session) {
      for (VectorPart part : VectorPart.of(id, step, answer, valuesOfPart)) {
        coordinator.sendEventToCoordinator(part);
      }
    }
  }

  /** Ends the thread; does not wait for a question that it answers. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
