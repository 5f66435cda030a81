package io.logitflow.learning.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;

/**
 * One attempt at a training, on a thread of its own. It ends with its result, or when a shard is
 * lost; then another session starts from what this one told of its progress.
 */
final class RoundSession implements Shards {

  private final TrainingProgress reached;
  private final int number;
  private final List<SubtaskGateway> gateways;
  private final int valuesOfPart;
  private final Thread thread;

  private final Object lock = new Object();
  private int round;
  private Step asked;
  private VectorAssembly[] answers;
  private int missing;

  /** Who is told how a session goes. Both are called on the session's thread. */
  interface Listener {

    /** An iteration has ended. */
    void progressed(RoundSession session, TrainingProgress progress);

    /**
     * The session has ended.
     *
     * @param failure why it came to no result; null if the result is on its way to the shards
     */
    void ended(RoundSession session, Throwable failure);
  }

  /**
   * Creates a session; {@link #start} starts it.
   *
   * @param reached which training, and from where on
   * @param number of the session
   * @param gateways to the subtasks, in their order
   */
  RoundSession(
      RoundProgram program,
      TrainingProgress reached,
      int number,
      List<SubtaskGateway> gateways,
      int valuesOfPart,
      ClassLoader classLoader,
      Listener listener) {
    this.reached = reached;
    this.number = number;
    this.gateways = List.copyOf(gateways);
    this.valuesOfPart = valuesOfPart;
    this.thread =
        new Thread(
            () -> run(program, listener),
            "logitflow training %d, session %d".formatted(reached.training(), number));
    thread.setDaemon(true);
    thread.setContextClassLoader(classLoader);
  }

  /** Number of the training. */
  long training() {
    return reached.training();
  }

  void start() {
    thread.start();
  }

  /** Makes the session end soon. Does not wait for it. */
  void stop() {
    thread.interrupt();
  }

  /** The thread, to wait for its end. */
  Thread thread() {
    return thread;
  }

  private void run(RoundProgram program, Listener listener) {
    try {
      double[] result =
          program.train(this, reached, progress -> listener.progressed(this, progress));
      send(Step.RESULT, result);
      listener.ended(this, null);
    } catch (Throwable failure) {
      // That it was stopped too, after which nobody listens any more.
      listener.ended(this, failure);
    }
  }

  @Override
  public List<double[]> ask(Step step, double[] question) throws InterruptedException {
    synchronized (lock) {
      answers = new VectorAssembly[gateways.size()];
      Arrays.setAll(answers, subtask -> new VectorAssembly());
      missing = answers.length;
      asked = step;
      round++;
    }
    send(step, question);
    synchronized (lock) {
      while (missing > 0) {
        lock.wait();
      }
      List<double[]> vectors = new ArrayList<>(answers.length);
      for (VectorAssembly answer : answers) {
        vectors.add(answer.vector());
      }
      answers = null;
      return vectors;
    }
  }

  /** Sending never waits: each part is put into the queue of the job master. */
  private void send(Step step, double[] vector) throws InterruptedException {
    RoundId id = new RoundId(reached.training(), number, round);
    for (VectorPart part : VectorPart.of(id, step, vector, valuesOfPart)) {
      for (SubtaskGateway gateway : gateways) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped while sending " + part);
        }
        // If it does not arrive, Flink fails the subtask, which stops this session.
        var unused = gateway.sendEvent(part);
      }
    }
  }

  /** Takes a part of an answer. Does not wait. */
  void accept(int subtask, VectorPart part) {
    synchronized (lock) {
      if (part.id().session() != number || part.id().round() != round || answers == null) {
        return; // Asked by a session before this one.
      }
      if (part.step() != asked) {
        throw new IllegalStateException(
            "subtask %d answered %s, expected %s".formatted(subtask, part, asked));
      }
      if (answers[subtask].add(part) && --missing == 0) {
        lock.notifyAll();
      }
    }
  }
}
