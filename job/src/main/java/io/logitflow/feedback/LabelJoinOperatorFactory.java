package io.logitflow.feedback;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** Creates {@link LabelJoinOperator}s. */
public final class LabelJoinOperatorFactory extends AbstractStreamOperatorFactory<WindowPart>
    implements OneInputStreamOperatorFactory<FeedbackEvent, WindowPart> {

  /** Labelled predictions of champions. */
  public static final OutputTag<LabelledRecord> LABELLED =
      new OutputTag<>("labelled", TypeInformation.of(LabelledRecord.class));

  private static final long serialVersionUID = 1L;

  private final FeedbackSettings settings;

  /** Creates a factory. */
  public LabelJoinOperatorFactory(FeedbackSettings settings) {
    this.settings = settings;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
  public <T extends StreamOperator<WindowPart>> T createStreamOperator(
      StreamOperatorParameters<WindowPart> parameters) {
    return (T) new LabelJoinOperator(parameters, settings);
  }

  @Override
  public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
    return LabelJoinOperator.class;
  }
}
