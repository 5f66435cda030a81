package io.logitflow.learning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The classes of a training, and which of them the text of a label means.
 *
 * @param names name of each class, in the order of the logits
 * @param indices index of each name
 */
record TrainingClasses(List<String> names, Map<String, Integer> indices) {

  /** Classes of names that somebody has given. */
  static TrainingClasses of(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      indices.put(names.get(i), i);
    }
    return new TrainingClasses(List.copyOf(names), indices);
  }

  /**
   * Classes that nobody has named: if all labels are indices, as many as the largest one says; else
   * what labels say, in alphabetical order.
   */
  static TrainingClasses ofLabels(Collection<String> labels) {
    if (labels.stream().allMatch(TrainingClasses::isIndex)) {
      int largest = labels.stream().mapToInt(Integer::parseInt).max().orElse(-1);
      return of(IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList());
    }
    List<String> sorted = new ArrayList<>(labels);
    sorted.sort(null);
    return of(sorted);
  }

  private static boolean isIndex(String label) {
    return label.matches("0|[1-9][0-9]{0,3}");
  }

  /** Index of the class; -1 if the label names none. */
  int indexOf(String label) {
    Integer named = indices.get(label);
    if (named != null) {
      return named;
    }
    // Written down when nobody had named the classes yet.
    return isIndex(label) && Integer.parseInt(label) < names.size() ? Integer.parseInt(label) : -1;
  }
}
