package io.logitflow.generator;

import java.time.Duration;
import java.util.Locale;

/** Progress as people read it. */
final class ProgressText {
  private ProgressText() {}

  /**
   * What happened between two looks, in one line.
   *
   * @param before the earlier one
   */
  static String line(LoadProgress before, LoadProgress now) {
    double seconds = now.elapsed().minus(before.elapsed()).toNanos() / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "%s  features %,d (%s)  labels %,d (%,.0f/s)",
            clock(now.elapsed()),
            now.sentFeatures(),
            rate(perSecond(now.sentFeatures() - before.sentFeatures(), seconds), now.targetRate()),
            now.sentLabels(),
            perSecond(now.sentLabels() - before.sentLabels(), seconds));
    if (now.pendingLabels() > 0) {
      text += String.format(Locale.ROOT, "  labels waiting %,d", now.pendingLabels());
    }
    return now.targetRate() > 0 ? text + "  behind " + millis(now.lag()) : text;
  }

  /** What happened in all, in two or three lines. */
  static String summary(LoadProgress end, double steadyRate) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Sent %,d features and %,d labels in %.1f s: %s features.",
            end.sentFeatures(),
            end.sentLabels(),
            end.elapsed().toNanos() / 1e9,
            rate(end.achievedRate(), 0)));
    if (end.earlyLabels() > 0) {
      text.append(
          String.format(
              Locale.ROOT, "%n%,d of the labels were sent before their time.", end.earlyLabels()));
    }
    if (steadyRate > 0 && end.sentFeatures() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nBehind the schedule of %,.0f/s: median %s, p99 %s, largest %s.",
              steadyRate,
              millis(end.medianLag()),
              millis(end.p99Lag()),
              millis(end.largestLag())));
    }
    return text.toString();
  }

  private static double perSecond(long records, double seconds) {
    return seconds > 0 ? records / seconds : 0;
  }

  private static String rate(double achieved, double target) {
    return target > 0
        ? String.format(Locale.ROOT, "%,.0f of %,.0f/s", achieved, target)
        : String.format(Locale.ROOT, "%,.0f/s", achieved);
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%,.1f ms", duration.toNanos() / 1e6);
  }

  private static String clock(Duration elapsed) {
    return String.format(Locale.ROOT, "%02d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
  }
}
