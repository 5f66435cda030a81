package io.logitflow.evaluation;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.schema.ChampionReign;
import io.logitflow.timeline.Reign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The reigns of a report: from the first one that has a record to the last one. */
record ReignReports(RunDescription run, EvaluationSums sums) {

  private static final ReignSums NOTHING = new ReignSums();

  List<ChampionReign> reigns() {
    SortedMap<Integer, ReignSums> found = sums.reigns();
    List<ChampionReign> reigns = new ArrayList<>();
    if (!found.isEmpty()) {
      for (int number = found.firstKey(); number <= found.lastKey(); number++) {
        reigns.add(reign(run.reigns().get(number), found.getOrDefault(number, NOTHING)));
      }
    }
    return reigns;
  }

  private ChampionReign reign(Reign reign, ReignSums found) {
    ChampionReign.Builder report =
        ChampionReign.newBuilder()
            .setVersion(reign.isKnown() ? reign.version() : null)
            .setFrom(reign.from() == Reign.EVER ? null : Instant.ofEpochMilli(reign.from()))
            .setUntil(reign.until() == Reign.STILL ? null : Instant.ofEpochMilli(reign.until()))
            .setBasis(reign.basis().toString())
            .setKind(reign.kind())
            .setDecidedBy(reign.by())
            .setReason(reign.reason())
            .setRecords(found.records());
    CalibrationStatistics statistics = found.statistics();
    if (statistics != null) {
      report
          .setPredictions(statistics.predictions())
          .setLabelled(statistics.labelled())
          .setMetrics(MetricsByName.overTime(statistics));
    }
    return report.build();
  }
}
