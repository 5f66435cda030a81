package io.logitflow.replay;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts since the last flush. Flushed before each checkpoint, so they are no state. */
final class PendingCounts {

  private final SortedMap<String, Long> counts = new TreeMap<>();

  void add(String name, long number) {
    counts.merge(name, number, Long::sum);
  }

  /** Hands on everything that is held. */
  void flush(Consumer<Finding> out) {
    counts.forEach((name, number) -> out.accept(Finding.count(name, number)));
    counts.clear();
  }
}
