package io.logitflow.generator.dataset;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The most frequent values of a category, most frequent first, ties by name; whatever else comes is
 * "other".
 */
final class Vocabulary {
  private final List<String> values;
  private final Map<String, Integer> indices = new HashMap<>();

  private Vocabulary(List<String> values) {
    this.values = values;
    for (int i = 0; i < values.size(); i++) {
      indices.put(values.get(i), i);
    }
  }

  /** Counts values and keeps the {@code size} most frequent. */
  static Vocabulary mostFrequent(Stream<String> observed, int size) {
    Map<String, Long> counts =
        observed.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return new Vocabulary(
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(size)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** The values it holds, in order, without "other". */
  List<String> values() {
    return values;
  }

  /** Length of the one-hot code: the values and "other". */
  int width() {
    return values.size() + 1;
  }

  /** Place of a value in the one-hot code; the last one for "other". */
  int index(String value) {
    return indices.getOrDefault(value, values.size());
  }
}
