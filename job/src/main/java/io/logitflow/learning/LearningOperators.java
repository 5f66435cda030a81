package io.logitflow.learning;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.learning.rounds.RoundCoordinatorProvider;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.util.OutputTag;

/** Factories of the operators of the training job. */
public final class LearningOperators {

  /** Of the join: what may be a reason to train. */
  public static final OutputTag<TrainingSignal> SIGNALS = MaturityJoin.SIGNALS;

  /** Of the training: its reports. */
  public static final OutputTag<ProducedRecord> EVALUATIONS = TrainingOperator.EVALUATIONS;

  private LearningOperators() {}

  /** Joins features and labels, keyed by record id, and hands on records that have matured. */
  public static OneInputStreamOperatorFactory<TrainingEvent, MaturedRecord> join(
      TrainingSettings settings) {
    return new OneInput<>(MaturityJoin.class, MaturityJoin::new, settings);
  }

  /** Decides when to train; one subtask. */
  public static OneInputStreamOperatorFactory<TrainingSignal, TrainingOrder> trigger(
      TrainingSettings settings) {
    return new OneInput<>(TrainingTrigger.class, TrainingTrigger::new, settings);
  }

  /** Keeps the sample; every subtask gets every order. */
  public static TwoInputStreamOperatorFactory<MaturedRecord, TrainingOrder, ShardPart> sample(
      TrainingSettings settings) {
    return new TwoInput<>(SampleShard.class, SampleShard::new, settings);
  }

  /**
   * Trains; as many subtasks as the settings say, each of which gets what the sample hands over to
   * it: see {@link #deal}.
   */
  public static OneInputStreamOperatorFactory<ShardPart, ProducedRecord> training(
      TrainingSettings settings) {
    return settings.sharded().parallelism() == 1
        ? new OneInput<>(TrainingOperator.class, TrainingOperator::new, settings)
        : new Coordinated<>(ShardedTrainingOperator.class, ShardedTrainingOperator::new, settings);
  }

  /** The type of what the sample hands over. */
  public static TypeInformation<ShardPart> shardParts() {
    return TypeInformation.of(ShardPart.class);
  }

  /** Sends what the sample hands over to the subtasks of the training that it is for. */
  public static DataStream<ShardPart> deal(DataStream<ShardPart> parts) {
    return parts.partitionCustom((target, subtasks) -> target, new Target());
  }

  private static final class Target implements KeySelector<ShardPart, Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public Integer getKey(ShardPart part) {
      return part.target();
    }
  }

  /** Makes an operator. */
  @FunctionalInterface
  private interface Creation<T> extends Serializable {
    StreamOperator<T> create(StreamOperatorParameters<T> parameters, TrainingSettings settings);
  }

  private static class Creator<T> extends AbstractStreamOperatorFactory<T> {

    private static final long serialVersionUID = 1L;

    private final Class<? extends StreamOperator<T>> type;
    private final Creation<T> creation;
    private final TrainingSettings settings;

    Creator(
        Class<? extends StreamOperator<T>> type, Creation<T> creation, TrainingSettings settings) {
      this.type = type;
      this.creation = creation;
      this.settings = settings;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
    public <S extends StreamOperator<T>> S createStreamOperator(
        StreamOperatorParameters<T> parameters) {
      return (S) creation.create(parameters, settings);
    }

    @Override
    public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
      return type;
    }
  }

  private static class OneInput<I, T> extends Creator<T>
      implements OneInputStreamOperatorFactory<I, T> {

    private static final long serialVersionUID = 1L;

    OneInput(
        Class<? extends StreamOperator<T>> type, Creation<T> creation, TrainingSettings settings) {
      super(type, creation, settings);
    }
  }

  /** With a coordinator that trains on the shards of its subtasks. */
  private static final class Coordinated<I, T> extends OneInput<I, T>
      implements CoordinatedOperatorFactory<T> {

    private static final long serialVersionUID = 1L;

    private final ShardedTrainer sharded;

    Coordinated(
        Class<? extends StreamOperator<T>> type, Creation<T> creation, TrainingSettings settings) {
      super(type, creation, settings);
      this.sharded = settings.sharded();
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(
        String operatorName, OperatorID operator) {
      return new RoundCoordinatorProvider(operator, sharded.program());
    }
  }

  private static final class TwoInput<A, B, T> extends Creator<T>
      implements TwoInputStreamOperatorFactory<A, B, T> {

    private static final long serialVersionUID = 1L;

    TwoInput(
        Class<? extends StreamOperator<T>> type, Creation<T> creation, TrainingSettings settings) {
      super(type, creation, settings);
    }
  }
}
