package io.logitflow.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Accuracy among the records that got their label in the last seconds. */
final class RecentAccuracy {
  private final Deque<Count> counts = new ArrayDeque<>();

  RecentAccuracy() {
    counts.add(new Count(0, 0));
  }

  /** Ends a second with these totals; NaN if nothing got its label in the window. */
  double tick(long labelled, long correct) {
    counts.addLast(new Count(labelled, correct));
    if (counts.size() > LatencyWindow.WINDOW_SECONDS + 1) {
      counts.removeFirst();
    }
    Count first = counts.getFirst();
    long recent = labelled - first.labelled();
    return recent == 0 ? Double.NaN : (double) (correct - first.correct()) / (double) recent;
  }

  private record Count(long labelled, long correct) {}
}
