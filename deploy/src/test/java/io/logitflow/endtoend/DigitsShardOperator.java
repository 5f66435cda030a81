package io.logitflow.endtoend;

import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.DatasetException;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.learning.rounds.RoundCoordinatorProvider;
import io.logitflow.learning.rounds.RoundProgram;
import io.logitflow.learning.rounds.Shard;
import io.logitflow.learning.rounds.ShardRounds;
import io.logitflow.learning.rounds.TrainingProgress;
import io.logitflow.learning.shards.RowShard;
import io.logitflow.learning.shards.ShardPlan;
import io.logitflow.learning.shards.ShardRows;
import io.logitflow.learning.shards.ShardedOutcome;
import io.logitflow.learning.shards.ShardedTraining;
import io.logitflow.training.LbfgsOptions;
import io.logitflow.training.Precision;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gets the numbers of the training rows of digits in order, keeps every row whose turn it is, and
 * trains when the last one has come. Its state is how many have come.
 */
final class DigitsShardOperator extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Long, Long> {

  /** Number of training rows. */
  static final int ROWS = 1200;

  /** Tight, and in float64, so that training ends at the optimum and not merely near it. */
  static final TrainerOptions OPTIONS =
      TrainerOptions.DEFAULTS
          .withSolver(new LbfgsOptions(10, 500, 1e-7, 0))
          .withPrecision(Precision.FLOAT64);

  private static final int CLASSES = 10;

  private static final long serialVersionUID = 1L;

  private transient ShardRounds rounds;
  private transient Workers workers;
  private transient ListState<Integer> state;
  private transient int seen;

  private DigitsShardOperator(StreamOperatorParameters<Long> parameters) {
    super(parameters);
    OperatorEventDispatcher dispatcher = parameters.getOperatorEventDispatcher();
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    workers = new Workers(1);
    rounds =
        new ShardRounds(
            dispatcher.getOperatorEventGateway(id),
            parameters.getMailboxExecutor(),
            this::trained,
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    dispatcher.registerEventHandler(id, rounds);
  }

  static ShardPlan plan() {
    return new ShardPlan(OPTIONS, false);
  }

  /** Every count-th of the first rows of digits. */
  static TrainingRows rows(int from, int to, int step) {
    try {
      Rows digits = DatasetCatalogue.open("digits").rows(Split.TRAIN);
      TrainingRows.Builder builder = TrainingRows.builder(digits.featureCount(), CLASSES);
      Row row = digits.newRow();
      for (int i = from; i < to; i += step) {
        digits.read(i, row);
        builder.add(row.features(), row.label());
      }
      return builder.build();
    } catch (DatasetException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>("seen", Types.INT));
    for (int restored : state.get()) {
      seen = restored;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    if (seen == ROWS) {
      offer();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(seen));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    if (subtask() == 0) {
      TestingFaults.current().checkpointCompleted();
    }
  }

  @Override
  public void processElement(StreamRecord<Long> element) {
    if (seen < ROWS && element.getValue() == seen) {
      seen++;
      if (seen == ROWS) {
        offer();
      }
    }
  }

  private void offer() {
    int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    int subtask = subtask();
    Shard shard =
        new RowShard(
            () -> new ShardRows(rows(subtask, ROWS, parallelism), rows(0, 0, 1)),
            Optional.empty(),
            plan(),
            workers);
    rounds.offer(1, subtask == 1 ? TestingFaults.current().faulty(shard) : shard);
  }

  private void trained(long training, double[] result) {
    if (subtask() == 0) {
      TestingFaults.current().outcomes.add(ShardedOutcome.fromVector(result));
    }
  }

  private int subtask() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }

  @Override
  public void close() throws Exception {
    rounds.close();
    workers.close();
    super.close();
  }

  /** Creates the operator and its coordinator. */
  static final class Factory extends AbstractStreamOperatorFactory<Long>
      implements OneInputStreamOperatorFactory<Long, Long>, CoordinatedOperatorFactory<Long> {

    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
    public <T extends StreamOperator<Long>> T createStreamOperator(
        StreamOperatorParameters<Long> parameters) {
      return (T) new DigitsShardOperator(parameters);
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(
        String operatorName, OperatorID operator) {
      RoundProgram training = new ShardedTraining(DigitsShardOperator::plan);
      return new RoundCoordinatorProvider(
          operator,
          (shards, reached, progress) ->
              training.train(
                  shards,
                  reached,
                  (TrainingProgress now) -> {
                    progress.accept(now);
                    TestingFaults.current().iterated(now.iterations());
                  }));
    }

    @Override
    public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
      return DigitsShardOperator.class;
    }
  }
}
