package io.logitflow.scoring;

import io.logitflow.connector.ModelKey;
import io.logitflow.schema.DeadLetterReason;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of a scoring subtask, in the group {@code logitflow} of the operator. Histograms
 * cover about the last minute.
 */
final class ScoringMetrics {

  /** Group of all metrics. */
  static final String GROUP = "logitflow";

  private final MetricGroup group;
  private final Counter recordsScored;
  private final Counter microBatches;
  private final Counter modelsRefused;
  private final Counter notShadowed;
  private final RecentHistogram microBatchSize;
  private final RecentHistogram bufferMicros;
  private final RecentHistogram scoringMicros;
  private final RecentHistogram endToEndMillis;
  private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
  private final Map<String, ServingModel> serving = new ConcurrentHashMap<>();
  private final Set<String> registered = new HashSet<>();

  ScoringMetrics(MetricGroup operatorGroup) {
    group = operatorGroup.addGroup(GROUP);
    recordsScored = group.counter("recordsScored");
    microBatches = group.counter("microBatches");
    modelsRefused = group.counter("modelsRefused");
    notShadowed = group.counter("notShadowed");
    microBatchSize = group.histogram("microBatchSize", new RecentHistogram());
    bufferMicros = group.histogram("bufferTimeMicros", new RecentHistogram());
    scoringMicros = group.histogram("scoringTimeMicros", new RecentHistogram());
    endToEndMillis = group.histogram("endToEndLatencyMillis", new RecentHistogram());
    register(ModelKey.CHAMPION);
    register(ModelKey.CHALLENGER);
  }

  private void register(String alias) {
    if (registered.add(alias)) {
      group.gauge(alias + "Version", () -> version(alias));
      group.gauge(alias + "Model", () -> describe(alias));
    }
  }

  /** A micro-batch was scored. */
  void scored(int records, long bufferNanos, long scoringNanos, long endToEndMs) {
    recordsScored.inc(records);
    microBatches.inc();
    microBatchSize.update(records);
    bufferMicros.update(bufferNanos / 1_000);
    scoringMicros.update(scoringNanos / 1_000);
    endToEndMillis.update(endToEndMs);
  }

  /** A record was rejected. */
  void deadLetter(DeadLetterReason reason) {
    deadLetters
        .computeIfAbsent(
            reason,
            first ->
                group
                    .addGroup("reason", first.name().toLowerCase(Locale.ROOT))
                    .counter("deadLetters"))
        .inc();
  }

  /** So many challengers could not score a record that the champion has scored. */
  void notShadowed(int challengers) {
    notShadowed.inc(challengers);
  }

  /** A model version was refused. */
  void modelRefused() {
    modelsRefused.inc();
  }

  /** A model serves under an alias from now on; null: none. */
  void serving(String alias, ServingModel model) {
    register(alias);
    if (model == null) {
      serving.remove(alias);
    } else {
      serving.put(alias, model);
    }
  }

  private long version(String alias) {
    ServingModel model = serving.get(alias);
    return model == null ? 0 : model.model().version();
  }

  private String describe(String alias) {
    ServingModel model = serving.get(alias);
    return model == null ? "none" : model.describe();
  }
}
