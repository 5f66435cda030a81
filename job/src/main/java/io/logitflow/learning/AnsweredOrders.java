package io.logitflow.learning;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Up to which order trainings have been answered, over restarts: all that an operator that trains
 * has to remember, in one subtask or in several.
 */
final class AnsweredOrders {

  private final ListState<Long> state;
  private long last;

  /** Restores what was known when the state was written. */
  AnsweredOrders(OperatorStateStore store) throws Exception {
    state = store.getListState(new ListStateDescriptor<>("answered", Types.LONG));
    for (long number : state.get()) {
      last = Math.max(last, number);
    }
  }

  /** Whether an order, or a later one, has been answered. */
  boolean include(long number) {
    return number <= last;
  }

  /** The answer to an order has been handed on. */
  void add(long number) {
    last = Math.max(last, number);
  }

  /** Writes the state. */
  void snapshot() throws Exception {
    state.update(last > 0 ? List.of(last) : List.of());
  }
}
