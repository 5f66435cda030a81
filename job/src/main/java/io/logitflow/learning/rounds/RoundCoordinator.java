package io.logitflow.learning.rounds;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains on the shards of all subtasks, from the job master.
 *
 * <p>Which trainings there are is known by the subtasks alone, and is in their state: a training
 * begins when all have offered a shard for it, and after a restore they offer their shards again.
 * What the coordinator adds is only where to start: the point that was reached last, from its
 * memory if only subtasks have failed, else from the checkpoint. So nothing that is lost between
 * the two can leave them disagreeing.
 *
 * <p>Flink calls these methods on the main thread of the job master, which must never wait: they
 * note and return. Training runs on the thread of a {@link RoundSession}.
 */
final class RoundCoordinator implements OperatorCoordinator, RoundSession.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(RoundCoordinator.class);

  private final Context context;
  private final RoundProgram program;
  private final int valuesOfPart;

  private final Object lock = new Object();
  private SubtaskGateway[] gateways = {};

  /** For each subtask the training that it has offered a shard for; 0 if none. */
  private long[] offered = {};

  private TrainingProgress progress = TrainingProgress.begun(0);
  private RoundSession session;
  private int sessions;

  RoundCoordinator(Context context, RoundProgram program, int valuesOfPart) {
    this.context = context;
    this.program = program;
    this.valuesOfPart = valuesOfPart;
  }

  @Override
  public void start() {
    synchronized (lock) {
      gateways = new SubtaskGateway[context.currentParallelism()];
      offered = new long[gateways.length];
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      stopSession();
    }
  }

  /** The thread that trains; null while there is no training. */
  Thread trainingThread() {
    synchronized (lock) {
      return session == null ? null : session.thread();
    }
  }

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    synchronized (lock) {
      if (event instanceof ShardOffered offer) {
        offered[subtask] = offer.training();
        beginIfComplete();
      } else if (event instanceof VectorPart part) {
        if (session != null) {
          session.accept(subtask, part);
        }
      } else {
        throw new IllegalArgumentException("unknown event of subtask " + subtask + ": " + event);
      }
    }
  }

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    synchronized (lock) {
      gateways[subtask] = gateway;
      beginIfComplete();
    }
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, Throwable reason) {
    synchronized (lock) {
      lose(subtask);
    }
  }

  @Override
  public void subtaskReset(int subtask, long checkpointId) {
    synchronized (lock) {
      lose(subtask);
    }
  }

  /** The shard of a subtask is gone, and with it the round that is under way. */
  private void lose(int subtask) {
    gateways[subtask] = null;
    offered[subtask] = 0;
    stopSession();
  }

  private void stopSession() {
    if (session != null) {
      LOG.info("stopped {}", progress);
      session.stop();
      session = null;
    }
  }

  private void beginIfComplete() {
    if (session != null) {
      return;
    }
    long training = offered[0];
    for (int subtask = 0; subtask < gateways.length; subtask++) {
      if (gateways[subtask] == null || offered[subtask] == 0 || offered[subtask] != training) {
        return;
      }
    }
    if (progress.training() != training) {
      progress = TrainingProgress.begun(training);
    }
    LOG.info("{} begins on {} shards", progress, gateways.length);
    session =
        new RoundSession(
            program,
            progress,
            ++sessions,
            List.of(gateways),
            valuesOfPart,
            context.getUserCodeClassloader(),
            this);
    session.start();
  }

  @Override
  public void progressed(RoundSession of, TrainingProgress reached) {
    synchronized (lock) {
      if (of == session) {
        progress = reached;
      }
    }
  }

  @Override
  public void ended(RoundSession of, Throwable failure) {
    synchronized (lock) {
      if (of != session) {
        return;
      }
      session = null;
      if (failure != null) {
        context.failJob(failure);
        return;
      }
      for (int subtask = 0; subtask < offered.length; subtask++) {
        // Not all: a subtask that has the result may have offered a shard for the next already.
        if (offered[subtask] == of.training()) {
          offered[subtask] = 0;
        }
      }
      beginIfComplete();
    }
  }

  @Override
  public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result) {
    TrainingProgress now;
    synchronized (lock) {
      now = progress;
    }
    result.complete(now.toBytes());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    // Nothing is kept for a checkpoint that is not in it.
  }

  @Override
  public void resetToCheckpoint(long checkpointId, byte[] checkpoint) {
    synchronized (lock) {
      stopSession();
      Arrays.fill(gateways, null);
      Arrays.fill(offered, 0);
      progress =
          checkpoint == null ? TrainingProgress.begun(0) : TrainingProgress.fromBytes(checkpoint);
    }
  }
}
