package io.logitflow.connector;

import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** The metric group of a task attempt. */
final class TestingTaskMetrics extends UnregisteredMetricsGroup {

  private final String attempt;

  TestingTaskMetrics(String attempt) {
    this.attempt = attempt;
  }

  @Override
  public Map<String, String> getAllVariables() {
    return Map.of("<task_attempt_id>", attempt);
  }
}
