package io.logitflow.learning.rounds;

import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;

/** Creates the coordinator of an operator whose subtasks hold {@link ShardRounds}. */
public final class RoundCoordinatorProvider implements OperatorCoordinator.Provider {

  private static final long serialVersionUID = 1L;

  private final OperatorID operator;
  private final RoundProgram program;

  /**
   * Creates a provider.
   *
   * @param operator the operator
   * @param program how to train
   */
  public RoundCoordinatorProvider(OperatorID operator, RoundProgram program) {
    this.operator = operator;
    this.program = program;
  }

  @Override
  public OperatorID getOperatorId() {
    return operator;
  }

  @Override
  public OperatorCoordinator create(OperatorCoordinator.Context context) {
    return new RoundCoordinator(context, program, VectorPart.DEFAULT_VALUES);
  }
}
