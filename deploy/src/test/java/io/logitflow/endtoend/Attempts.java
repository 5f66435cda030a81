package io.logitflow.endtoend;

import io.logitflow.embedded.EmbeddedCluster;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;

/** How often a job was restarted. */
final class Attempts {

  private Attempts() {}

  /** Restarts of the subtask that was restarted most often; the job may have ended. */
  static int restarts(EmbeddedCluster cluster, JobClient job) throws Exception {
    AccessExecutionGraph graph = cluster.miniCluster().getExecutionGraph(job.getJobID()).get();
    int restarts = 0;
    for (AccessExecutionVertex subtask : graph.getAllExecutionVertices()) {
      restarts = Math.max(restarts, subtask.getCurrentExecutionAttempt().getAttemptNumber());
    }
    return restarts;
  }
}
