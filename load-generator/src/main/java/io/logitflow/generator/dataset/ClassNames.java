package io.logitflow.generator.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Turns the label column of a CSV file into class indices. */
abstract sealed class ClassNames {

  /** More classes than this, and the column is taken for something else than a class. */
  static final int MAX_CLASSES = 100_000;

  /** Names given by the user; a label is one of them, or else an index. */
  static ClassNames given(List<String> names) {
    return new Given(names);
  }

  /**
   * Names found in the column: if every label is an index, "0" to the largest; otherwise the
   * distinct labels in alphabetical order.
   */
  static ClassNames found() {
    return new Found();
  }

  /** Notes a label; false if it cannot be one. */
  abstract boolean accepts(String label);

  /** What a label should have been. */
  abstract String expected();

  /** Class names in order, once every label is noted. */
  abstract List<String> names();

  /** Index of a label, once every label is noted. */
  abstract int index(String label);

  /** An index below {@link #MAX_CLASSES}, or -1. */
  private static int indexOrMinusOne(String label) {
    if (!label.matches("[0-9]{1,6}")) {
      return -1;
    }
    int index = Integer.parseInt(label);
    return index < MAX_CLASSES ? index : -1;
  }

  private static final class Given extends ClassNames {
    private final List<String> names;

    private Given(List<String> names) {
      this.names = List.copyOf(names);
    }

    @Override
    boolean accepts(String label) {
      return index(label) >= 0;
    }

    @Override
    String expected() {
      return "one of the classes "
          + String.join(", ", names)
          + " or an index from 0 to "
          + (names.size() - 1);
    }

    @Override
    List<String> names() {
      return names;
    }

    @Override
    int index(String label) {
      int index = names.indexOf(label);
      if (index < 0) {
        index = indexOrMinusOne(label);
      }
      return index < names.size() ? index : -1;
    }
  }

  private static final class Found extends ClassNames {
    private final TreeSet<String> distinct = new TreeSet<>();
    private final Map<String, Integer> indexOf = new HashMap<>();
    private int largestIndex;
    private boolean indices = true;

    @Override
    boolean accepts(String label) {
      if (label.isEmpty()) {
        return false;
      }
      if (distinct.add(label)) {
        int index = indexOrMinusOne(label);
        indices &= index >= 0;
        largestIndex = Math.max(largestIndex, index);
      }
      return distinct.size() <= MAX_CLASSES;
    }

    @Override
    String expected() {
      return "a class name or an index, and at most " + MAX_CLASSES + " of them in all";
    }

    @Override
    List<String> names() {
      return indices
          ? IntStream.rangeClosed(0, largestIndex).mapToObj(String::valueOf).toList()
          : List.copyOf(distinct);
    }

    @Override
    int index(String label) {
      if (indices) {
        return indexOrMinusOne(label);
      }
      if (indexOf.isEmpty()) {
        distinct.forEach(name -> indexOf.put(name, indexOf.size()));
      }
      return indexOf.get(label);
    }
  }
}
