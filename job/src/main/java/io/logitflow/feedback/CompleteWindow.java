package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.PairedStatistics;
import io.logitflow.calibration.ReliabilityBins;
import io.logitflow.promotion.WindowComparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Everything that was reported of one complete window, sorted out by who scored. Champions of the
 * same weights are one champion, whatever their calibration.
 */
final class CompleteWindow {

  /** So the sums are the same to the last bit in whichever order the reports came. */
  private static final Comparator<Map.Entry<StatisticsKey, CalibrationStatistics>> BY_VERSION =
      Comparator.comparing(
          Map.Entry::getKey,
          Comparator.comparingLong(StatisticsKey::modelVersion)
              .thenComparingInt(StatisticsKey::calibrationVersion)
              .thenComparingInt(StatisticsKey::classes));

  private final NavigableMap<String, Champion> champions = new TreeMap<>();
  private final List<Comparison> comparisons = new ArrayList<>();

  /**
   * What champions of the same weights served.
   *
   * @param version the newest of them
   * @param labelled labelled predictions
   * @param correct those that were right
   * @param reliability reliability of their confidences
   */
  record Champion(long version, long labelled, long correct, ReliabilityBins reliability) {

    private Champion plus(Champion other) {
      return new Champion(
          Math.max(version, other.version),
          labelled + other.labelled,
          correct + other.correct,
          reliability.plus(other.reliability));
    }
  }

  /**
   * A candidate beside a champion.
   *
   * @param candidate version of the candidate
   * @param championWeights weights of the champion
   * @param championVersion newest version with these weights that it was compared with
   * @param window what the window says of both
   */
  record Comparison(
      long candidate, String championWeights, long championVersion, WindowComparison window) {}

  private CompleteWindow() {}

  /**
   * Sorts out reports.
   *
   * @param reports reports of windows with this start, without segments
   * @param weights tells which weights a version has
   */
  static CompleteWindow of(
      long start,
      List<Map.Entry<StatisticsKey, CalibrationStatistics>> reports,
      LongFunction<String> weights) {
    List<Map.Entry<StatisticsKey, CalibrationStatistics>> sorted = new ArrayList<>(reports);
    sorted.sort(BY_VERSION);
    CompleteWindow window = new CompleteWindow();
    sorted.stream()
        .filter(report -> !report.getKey().challenger())
        .forEach(report -> window.addChampion(report.getKey(), report.getValue(), weights));
    sorted.stream()
        .filter(report -> report.getKey().challenger())
        .forEach(report -> window.addCandidate(start, report.getKey(), report.getValue(), weights));
    return window;
  }

  private void addChampion(
      StatisticsKey key, CalibrationStatistics statistics, LongFunction<String> weights) {
    champions.merge(
        weights.apply(key.modelVersion()),
        new Champion(
            key.modelVersion(),
            statistics.labelled(),
            statistics.correct(),
            reliability(statistics)),
        Champion::plus);
  }

  private void addCandidate(
      long start,
      StatisticsKey key,
      CalibrationStatistics statistics,
      LongFunction<String> weights) {
    NavigableMap<String, PairedStatistics> pairs = new TreeMap<>();
    Map<String, Long> versions = new TreeMap<>();
    statistics
        .paired()
        .forEach(
            (version, paired) -> {
              String champion = weights.apply(version);
              pairs.computeIfAbsent(champion, w -> new PairedStatistics()).merge(paired);
              versions.merge(champion, version, Math::max);
            });
    ReliabilityBins own = reliability(statistics);
    pairs.forEach(
        (champion, paired) ->
            comparisons.add(
                new Comparison(
                    key.modelVersion(),
                    champion,
                    versions.get(champion),
                    new WindowComparison(start, paired, reliabilityOf(champion), own))));
  }

  private ReliabilityBins reliabilityOf(String championWeights) {
    Champion champion = champions.get(championWeights);
    return champion == null
        ? ReliabilityBins.empty(CalibrationStatistics.BINS)
        : champion.reliability();
  }

  private static ReliabilityBins reliability(CalibrationStatistics statistics) {
    return CalibrationMetrics.of(statistics).reliabilityBins();
  }

  /** The champions by their weights: one, unless another took over within the window. */
  NavigableMap<String, Champion> champions() {
    return Collections.unmodifiableNavigableMap(champions);
  }

  /** Candidates in ascending order, each beside each champion on the same records. */
  List<Comparison> comparisons() {
    return Collections.unmodifiableList(comparisons);
  }
}
