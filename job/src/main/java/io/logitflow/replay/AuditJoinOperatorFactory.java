package io.logitflow.replay;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Creates {@link AuditJoinOperator}s. */
public final class AuditJoinOperatorFactory extends AbstractStreamOperatorFactory<AuditPair>
    implements OneInputStreamOperatorFactory<AuditEvent, AuditPair> {

  private static final long serialVersionUID = 1L;

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
  public <T extends StreamOperator<AuditPair>> T createStreamOperator(
      StreamOperatorParameters<AuditPair> parameters) {
    return (T) new AuditJoinOperator(parameters);
  }

  @Override
  public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
    return AuditJoinOperator.class;
  }
}
