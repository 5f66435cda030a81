package io.logitflow.scoring;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.RecordRun;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Creates {@link ScoringOperator}s in the task of their source. */
public final class ScoringOperatorFactory extends AbstractStreamOperatorFactory<ProducedRecord>
    implements OneInputStreamOperatorFactory<RecordRun, ProducedRecord> {

  private static final long serialVersionUID = 1L;

  private final ScoringSettings settings;

  /** Creates a factory. */
  public ScoringOperatorFactory(ScoringSettings settings) {
    this.settings = settings;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
  public <T extends StreamOperator<ProducedRecord>> T createStreamOperator(
      StreamOperatorParameters<ProducedRecord> parameters) {
    return (T) new ScoringOperator(parameters, settings);
  }

  @Override
  public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
    return ScoringOperator.class;
  }
}
