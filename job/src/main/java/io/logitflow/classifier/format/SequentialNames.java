package io.logitflow.classifier.format;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of tensors as the state of an {@code nn.Sequential} has them: {@code 0.weight}, {@code
 * 1.running_mean}, or with the same prefix for all, {@code net.0.weight}.
 */
final class SequentialNames {

  /** Nobody writes more layers, and an index is never a reason to allocate. */
  private static final String INDEX = "0|[1-9]\\d{0,3}";

  private static final Pattern NAME =
      Pattern.compile("(?<prefix>(?:.*\\.)?)(?<index>" + INDEX + ")\\.(?<piece>[^.]+)");

  private SequentialNames() {}

  static boolean isIndex(String text) {
    return text.matches(INDEX);
  }

  /**
   * The name of each tensor by index and piece, e.g. {@code weight}; empty if not all names are of
   * one such state.
   */
  static Optional<SortedMap<Integer, Map<String, String>>> parse(Collection<String> names) {
    SortedMap<Integer, Map<String, String>> pieces = new TreeMap<>();
    String prefix = null;
    for (String name : names) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches() || (prefix != null && !prefix.equals(matcher.group("prefix")))) {
        return Optional.empty();
      }
      prefix = matcher.group("prefix");
      pieces
          .computeIfAbsent(Integer.valueOf(matcher.group("index")), index -> new TreeMap<>())
          .put(matcher.group("piece"), name);
    }
    return pieces.isEmpty() ? Optional.empty() : Optional.of(pieces);
  }
}
