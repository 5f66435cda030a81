package io.logitflow.replay;

import io.logitflow.connector.ProducedRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Creates {@link EvaluationOperator}s. */
public final class EvaluationOperatorFactory extends AbstractStreamOperatorFactory<ProducedRecord>
    implements OneInputStreamOperatorFactory<Finding, ProducedRecord> {

  private static final long serialVersionUID = 1L;

  private final EvaluationSettings settings;

  /** Creates a factory. */
  public EvaluationOperatorFactory(EvaluationSettings settings) {
    this.settings = settings;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
  public <T extends StreamOperator<ProducedRecord>> T createStreamOperator(
      StreamOperatorParameters<ProducedRecord> parameters) {
    return (T) new EvaluationOperator(parameters, settings);
  }

  @Override
  public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
    return EvaluationOperator.class;
  }
}
