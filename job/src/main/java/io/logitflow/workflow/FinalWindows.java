package io.logitflow.workflow;

import io.logitflow.feedback.WindowReport;
import io.logitflow.replay.Counts;
import io.logitflow.replay.Finding;
import io.logitflow.schema.Firing;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Makes findings of the windows of a run, as they are at its end. */
final class FinalWindows implements FlatMapFunction<WindowReport, Finding> {

  private static final long serialVersionUID = 1L;

  private final boolean segmentsAreReigns;

  /**
   * Makes findings.
   *
   * @param segmentsAreReigns whether a segment is the number of a reign; else segments are nothing
   *     to the run
   */
  FinalWindows(boolean segmentsAreReigns) {
    this.segmentsAreReigns = segmentsAreReigns;
  }

  @Override
  public void flatMap(WindowReport report, Collector<Finding> out) {
    if (report.firing() != Firing.FINAL) {
      return;
    }
    String segment = report.key().segment();
    if (!segment.isEmpty()) {
      if (segmentsAreReigns) {
        out.collect(Finding.statisticsOfReign(Integer.parseInt(segment), report.statistics()));
      }
      return;
    }
    if (report.unmatchedLabels() > 0) {
      out.collect(Finding.count(Counts.UNMATCHED_LABELS, report.unmatchedLabels()));
    }
    if (report.key().modelVersion() > 0) {
      out.collect(
          Finding.statistics(
              report.key().modelVersion(), report.key().windowStart(), report.statistics()));
    }
  }
}
