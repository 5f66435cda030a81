package io.logitflow.config;

import java.util.Optional;

/** Finds the key that was probably meant. */
final class NearestKey {

  private NearestKey() {}

  /**
   * The known key with the smallest edit distance, if it is near enough to be a slip: at most a
   * third of the length of the key.
   */
  static Optional<String> to(String key, Iterable<String> knownKeys) {
    return within(Math.max(2, key.length() / 3), key, knownKeys);
  }

  /** The known key with the smallest edit distance, if that is at most {@code limit}. */
  static Optional<String> within(int limit, String key, Iterable<String> knownKeys) {
    String nearest = null;
    int smallest = limit + 1;
    for (String known : knownKeys) {
      int distance = distance(key, known);
      if (distance < smallest) {
        smallest = distance;
        nearest = known;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Levenshtein distance: insertions, deletions and substitutions that turn one into the other. */
  static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    int[] current = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[right.length()];
  }
}
