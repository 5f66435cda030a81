package io.logitflow.learning.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.operators.coordination.MockOperatorCoordinatorContext;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A coordinator and its subtasks without a cluster. Whatever one sends another waits, serialised as
 * on its way through the RPC, until the test's thread, which is the main thread of the job master
 * and that of all tasks, delivers it.
 */
final class TestingJob implements AutoCloseable {

  /** So that all vectors of tests travel in parts. */
  private static final int VALUES_OF_PART = 3;

  private final BlockingQueue<ThrowingRunnable<? extends Exception>> deliveries =
      new LinkedBlockingQueue<>();
  private final int parallelism;
  private final List<ShardRounds> subtasks = new ArrayList<>();
  private final int[] failures;

  final MockOperatorCoordinatorContext context;
  final RoundCoordinator coordinator;

  /** Results in the order in which they came: of which subtask, of which training, and what. */
  final List<Result> results = new ArrayList<>();

  record Result(int subtask, long training, double[] vector) {}

  TestingJob(int parallelism, RoundProgram program) {
    this.parallelism = parallelism;
    this.failures = new int[parallelism];
    this.context = new MockOperatorCoordinatorContext(new OperatorID(), parallelism);
    this.coordinator = new RoundCoordinator(context, program, VALUES_OF_PART);
    for (int subtask = 0; subtask < parallelism; subtask++) {
      subtasks.add(null);
    }
  }

  /** Starts the coordinator and all subtasks. */
  TestingJob start() {
    coordinator.start();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      startSubtask(subtask);
    }
    return this;
  }

  void startSubtask(int subtask) {
    subtasks.set(
        subtask,
        new ShardRounds(
            event ->
                deliver(() -> coordinator.handleEventFromOperator(subtask, 0, overTheWire(event))),
            new QueueMailbox(subtask),
            (training, vector) -> results.add(new Result(subtask, training, vector)),
            subtask,
            VALUES_OF_PART));
    coordinator.executionAttemptReady(subtask, 0, new Gateway(subtask));
  }

  /** A subtask fails: what it had is gone. */
  void failSubtask(int subtask) {
    subtasks.get(subtask).close();
    subtasks.set(subtask, null);
    failures[subtask]++;
    coordinator.executionAttemptFailed(subtask, 0, new IllegalStateException("lost"));
    coordinator.subtaskReset(subtask, 1);
  }

  ShardRounds subtask(int subtask) {
    return subtasks.get(subtask);
  }

  void offer(long training, Shard shard) {
    for (ShardRounds subtask : subtasks) {
      subtask.offer(training, shard);
    }
  }

  byte[] checkpoint() {
    CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    coordinator.checkpointCoordinator(1, bytes);
    return bytes.getNow(null);
  }

  /** Delivers until something is so. */
  void deliverUntil(BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      ThrowingRunnable<? extends Exception> next = deliveries.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("something to deliver").isNotNull();
      next.run();
    }
  }

  /** Delivers what is under way already. */
  void deliverAll() throws Exception {
    while (!deliveries.isEmpty()) {
      deliveries.take().run();
    }
  }

  void deliver(ThrowingRunnable<? extends Exception> delivery) {
    deliveries.add(delivery);
  }

  private static <T extends OperatorEvent> T overTheWire(T event) throws Exception {
    return InstantiationUtil.clone(event);
  }

  @Override
  public void close() {
    coordinator.close();
    for (ShardRounds subtask : subtasks) {
      if (subtask != null) {
        subtask.close();
      }
    }
  }

  private final class Gateway implements SubtaskGateway {
    private final int subtask;

    Gateway(int subtask) {
      this.subtask = subtask;
    }

    @Override
    public CompletableFuture<Acknowledge> sendEvent(OperatorEvent event) {
      deliver(
          () -> {
            ShardRounds receiver = subtasks.get(subtask);
            if (receiver != null) {
              receiver.handleOperatorEvent(overTheWire(event));
            }
          });
      return CompletableFuture.completedFuture(Acknowledge.get());
    }

    @Override
    public ExecutionAttemptID getExecution() {
      return ExecutionAttemptID.randomId();
    }

    @Override
    public int getSubtask() {
      return subtask;
    }
  }

  /** Closed, as that of a task that has ended, when the subtask is gone. */
  private final class QueueMailbox implements MailboxExecutor {
    private final int subtask;
    private final int failuresBefore;

    QueueMailbox(int subtask) {
      this.subtask = subtask;
      this.failuresBefore = failures[subtask];
    }

    @Override
    public void execute(
        MailOptions options,
        ThrowingRunnable<? extends Exception> command,
        String description,
        Object... arguments) {
      deliver(
          () -> {
            if (failures[subtask] == failuresBefore) {
              command.run();
            }
          });
    }

    @Override
    public void yield() throws InterruptedException {
      throw new UnsupportedOperationException("nothing here waits for a mail");
    }

    @Override
    public boolean tryYield() {
      return false;
    }

    @Override
    public boolean shouldInterrupt() {
      return false;
    }
  }
}
