package io.logitflow.replay;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Creates {@link AuditScoringOperator}s. */
public final class AuditScoringOperatorFactory extends AbstractStreamOperatorFactory<Finding>
    implements OneInputStreamOperatorFactory<AuditPair, Finding> {

  private static final long serialVersionUID = 1L;

  private final AuditSettings settings;

  /** Creates a factory. */
  public AuditScoringOperatorFactory(AuditSettings settings) {
    this.settings = settings;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
  public <T extends StreamOperator<Finding>> T createStreamOperator(
      StreamOperatorParameters<Finding> parameters) {
    return (T) new AuditScoringOperator(parameters, settings);
  }

  @Override
  public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
    return AuditScoringOperator.class;
  }
}
