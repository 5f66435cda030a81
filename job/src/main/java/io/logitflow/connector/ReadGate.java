package io.logitflow.connector;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a source reader and the operator that it is chained to tell each other: the operator,
 * whether it can take records yet; the reader, that it has no more at the moment.
 *
 * <p>A closed gate is how an operator that has to wait for something else holds its input back.
 * Nothing is read ahead and nothing is buffered: the reader reports that it has nothing available,
 * so the task goes on with its checkpoints and mails. (Blocking in the operator would block those
 * as well.)
 *
 * <p>Reader and operator live in one task and are called by its thread alone, so nothing here is
 * synchronised; they find each other by the id of the task attempt. The gate starts closed.
 */
public final class ReadGate {

  private static final Map<String, ReadGate> BY_TASK_ATTEMPT = new ConcurrentHashMap<>();

  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private Runnable idleListener = () -> {};

  ReadGate() {}

  /** The gate of the task that a metric group belongs to. */
  public static ReadGate ofTask(MetricGroup group) {
    return BY_TASK_ATTEMPT.computeIfAbsent(taskAttempt(group), attempt -> new ReadGate());
  }

  /** Forgets the gate of a task that ends. */
  public static void forgetTask(MetricGroup group) {
    BY_TASK_ATTEMPT.remove(taskAttempt(group));
  }

  private static String taskAttempt(MetricGroup group) {
    String attempt = group.getAllVariables().get("<task_attempt_id>");
    if (attempt == null) {
      throw new IllegalStateException(
          "The metric group belongs to no task: it has the variables "
              + group.getAllVariables().keySet()
              + " but not <task_attempt_id>");
    }
    return attempt;
  }

  /** Lets records through from now on. */
  public void open() {
    opened.complete(null);
  }

  /** Whether records are let through. */
  public boolean isOpen() {
    return opened.isDone();
  }

  /** Completes when the gate opens. */
  CompletableFuture<Void> opened() {
    return opened;
  }

  /** Calls {@code listener} on the task thread whenever the reader has no more at the moment. */
  public void whenIdle(Runnable listener) {
    idleListener = listener;
  }

  void idle() {
    idleListener.run();
  }
}
