package io.logitflow.learning;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.learning.rounds.ShardRounds;
import io.logitflow.training.Workers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;

/**
 * One of several subtasks that train together, each on its rows of the sample; see {@link
 * TrainingOperator} for the one that trains alone. The first of them decides, judges and publishes.
 *
 * <p>All get the same orders in the same sequence, and each offers a shard for every one of them,
 * whatever it thinks of it: a training begins when all have. While one goes on, a subtask keeps the
 * rows of the newest sample only; for those before it offers a shard without rows, which ends their
 * trainings for all.
 *
 * <p>Its state is which order was answered last. It is written by the first subtask, and may be
 * restored to any: whoever knows that an order was answered says so by leaving it out.
 */
final class ShardedTrainingOperator extends AbstractStreamOperator<ProducedRecord>
    implements OneInputStreamOperator<ShardPart, ProducedRecord>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private final transient TrainingSettings settings;
  private final transient MailboxExecutor mailbox;

  /** Runs events of the coordinator too, which have the lowest priority. */
  private final transient MailboxExecutor everyMail;

  private final transient ShardRounds rounds;
  private final transient int subtask;

  private transient Map<Long, SampleAssembly> assemblies;
  private transient long newestNumber;
  private transient Deque<Long> waiting;
  private transient Optional<SampleAssembly> newest;
  private transient Optional<SampledShard> offered;
  private transient boolean finishing;
  private transient AnsweredOrders answered;
  private transient ExecutorService thread;
  private transient Workers workers;
  private transient TrainingMetrics progress;
  private transient volatile boolean closed;

  ShardedTrainingOperator(
      StreamOperatorParameters<ProducedRecord> parameters, TrainingSettings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
    this.everyMail =
        parameters
            .getContainingTask()
            .getMailboxExecutorFactory()
            .createExecutor(TaskMailbox.MIN_PRIORITY);
    this.subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    OperatorEventDispatcher dispatcher = parameters.getOperatorEventDispatcher();
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    this.rounds =
        new ShardRounds(dispatcher.getOperatorEventGateway(id), mailbox, this::trained, subtask);
    dispatcher.registerEventHandler(id, rounds);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    answered = new AnsweredOrders(context.getOperatorStateStore());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    answered.snapshot();
  }

  @Override
  public void open() throws Exception {
    super.open();
    assemblies = new TreeMap<>();
    waiting = new ArrayDeque<>();
    newest = Optional.empty();
    offered = Optional.empty();
    progress = new TrainingMetrics(getMetricGroup().addGroup("logitflow"), settings.model());
    workers = settings.sharded().workers();
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread named = new Thread(work, "publishing of " + settings.model());
              named.setDaemon(true);
              return named;
            });
  }

  @Override
  public void processElement(StreamRecord<ShardPart> element) throws IOException {
    ShardPart part = element.getValue();
    long number = part.order().number();
    if (number <= newestNumber) {
      return;
    }
    SampleAssembly assembly =
        assemblies.computeIfAbsent(
            number, first -> new SampleAssembly(part.order(), settings.limits()));
    if (assembly.add(part)) {
      assemblies.remove(number);
      newestNumber = number;
      waiting.add(number);
      newest = Optional.of(assembly);
      startNext();
    }
  }

  private void startNext() {
    if (rounds.isTraining() || finishing || waiting.isEmpty()) {
      return;
    }
    long number = waiting.remove();
    offered = Optional.empty();
    if (!waiting.isEmpty()) {
      LOG.info("Training {} is left out for {}", number, newestNumber);
    } else if (!answered.include(number)) {
      offered = newest.map(input -> new SampledShard(settings, input, subtask, workers));
    }
    if (waiting.isEmpty()) {
      newest = Optional.empty();
    }
    if (offered.isPresent()) {
      progress.started();
    }
    rounds.offer(number, offered.isPresent() ? offered.get() : SampledShard.LEFT_OUT);
  }

  private void trained(long number, double[] result) {
    if (subtask != ShardDivision.LEADER || offered.isEmpty()) {
      ended();
      return;
    }
    finishing = true;
    SampledShard shard = offered.get();
    thread.execute(() -> finish(shard, number, result));
  }

  private void finish(SampledShard shard, long number, double[] result) {
    try {
      Optional<TrainingOutcome> outcome = shard.finish(result);
      mailbox.execute(() -> finished(number, outcome), "finish training %s", number);
    } catch (RejectedExecutionException e) {
      LOG.debug("The task ended while it published", e);
    } catch (RuntimeException | Error e) {
      if (!closed) {
        mailbox.execute(
            () -> {
              throw new IllegalStateException("Training " + number + " failed", e);
            },
            "fail training %s",
            number);
      }
    }
  }

  private void finished(long number, Optional<TrainingOutcome> outcome) {
    if (outcome.isPresent()) {
      output.collect(new StreamRecord<>(outcome.get().decision()));
      outcome
          .get()
          .evaluation()
          .ifPresent(
              report -> output.collect(TrainingOperator.EVALUATIONS, new StreamRecord<>(report)));
      answered.add(number);
    }
    finishing = false;
    ended();
  }

  private void ended() {
    if (offered.isPresent()) {
      progress.finished();
      offered = Optional.empty();
    }
    startNext();
  }

  /** The last training is part of what a bounded job is for. */
  @Override
  public void endInput() throws InterruptedException {
    while (rounds.isTraining() || finishing || !waiting.isEmpty()) {
      everyMail.yield();
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    rounds.close();
    if (thread != null) {
      thread.shutdownNow();
    }
    if (workers != null) {
      workers.close();
    }
    super.close();
  }
}
