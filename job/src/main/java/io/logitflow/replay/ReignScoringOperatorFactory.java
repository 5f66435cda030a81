package io.logitflow.replay;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Creates {@link ReignScoringOperator}s. */
public final class ReignScoringOperatorFactory extends AbstractStreamOperatorFactory<RescoredRecord>
    implements OneInputStreamOperatorFactory<AuditEvent, RescoredRecord> {

  private static final long serialVersionUID = 1L;

  private final ReignSettings settings;

  /** Creates a factory. */
  public ReignScoringOperatorFactory(ReignSettings settings) {
    this.settings = settings;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
  public <T extends StreamOperator<RescoredRecord>> T createStreamOperator(
      StreamOperatorParameters<RescoredRecord> parameters) {
    return (T) new ReignScoringOperator(parameters, settings);
  }

  @Override
  public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
    return ReignScoringOperator.class;
  }
}
