package io.logitflow.learning;

import io.logitflow.connector.ProducedRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Puts samples together and trains with them, on a thread of its own: the stream and its
 * checkpoints go on meanwhile. Of samples that come while it trains, the newest is trained with
 * next.
 *
 * <p>Its state is only which order it has answered last. A training that a failure interrupts is
 * done again, because the shards hand over their samples again; a version that it had published
 * already is found.
 */
final class TrainingOperator extends AbstractStreamOperator<ProducedRecord>
    implements OneInputStreamOperator<ShardPart, ProducedRecord>, BoundedOneInput {

  /** Reports of trainings. */
  static final OutputTag<ProducedRecord> EVALUATIONS =
      new OutputTag<>("evaluations", TypeInformation.of(ProducedRecord.class));

  private static final long serialVersionUID = 1L;

  /** As large as that of a program's main thread: native code trains and scores on it too. */
  private static final long STACK_BYTES = 8L << 20;

  private final transient TrainingSettings settings;
  private final transient MailboxExecutor mailbox;

  private transient Map<Long, SampleAssembly> assemblies;
  private transient Optional<SampleAssembly> next;
  private transient boolean training;
  private transient AnsweredOrders answered;
  private transient ExecutorService thread;
  private transient TrainingMetrics progress;
  private transient volatile boolean closed;

  TrainingOperator(StreamOperatorParameters<ProducedRecord> parameters, TrainingSettings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
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
    Optional<String> lacking = settings.trainer().lacking();
    if (lacking.isPresent()) {
      throw new SuppressRestartsException(new IllegalStateException(lacking.get()));
    }
    assemblies = new TreeMap<>();
    next = Optional.empty();
    progress = new TrainingMetrics(getMetricGroup().addGroup("logitflow"), settings.model());
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread named = new Thread(null, work, "training of " + settings.model(), STACK_BYTES);
              named.setDaemon(true);
              return named;
            });
  }

  @Override
  public void processElement(StreamRecord<ShardPart> element) throws IOException {
    ShardPart part = element.getValue();
    long number = part.order().number();
    if (answered.include(number)) {
      return;
    }
    SampleAssembly assembly =
        assemblies.computeIfAbsent(
            number, first -> new SampleAssembly(part.order(), settings.limits()));
    if (assembly.add(part)) {
      assemblies.remove(number);
      next.ifPresent(
          older -> LOG.info("Training {} is left out for {}", older.order().number(), number));
      next = Optional.of(assembly);
      startNext();
    }
  }

  private void startNext() {
    if (training || next.isEmpty()) {
      return;
    }
    SampleAssembly input = next.get();
    next = Optional.empty();
    training = true;
    progress.started();
    TrainingRun run = new TrainingRun(settings, input);
    thread.execute(() -> train(run, input.order().number()));
  }

  private void train(TrainingRun run, long number) {
    try {
      Optional<TrainingOutcome> outcome = run.run(progress, () -> closed);
      if (outcome.isPresent()) {
        mailbox.execute(() -> finished(number, outcome.get()), "finish training %s", number);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("The task ended while it trained", e);
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

  private void finished(long number, TrainingOutcome outcome) {
    output.collect(new StreamRecord<>(outcome.decision()));
    outcome
        .evaluation()
        .ifPresent(report -> output.collect(EVALUATIONS, new StreamRecord<>(report)));
    answered.add(number);
    training = false;
    progress.finished();
    startNext();
  }

  /** The last training is part of what a bounded job is for. */
  @Override
  public void endInput() throws InterruptedException {
    while (training) {
      mailbox.yield();
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    if (thread != null) {
      thread.shutdownNow();
    }
    super.close();
  }
}
