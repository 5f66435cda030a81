package io.logitflow.generator;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the texts of options and collects what is wrong with them, to say it all at once. */
final class OptionProblems {
  private final Set<String> problems = new LinkedHashSet<>();

  /**
   * Reads an option.
   *
   * @param option as users write it, such as {@code --rate}
   * @param text its value; null: not given
   * @param reader throws an {@link IllegalArgumentException} that says what was expected
   * @return empty if it was not given, or is wrong
   */
  <T> Optional<T> read(String option, String text, Function<String, T> reader) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      add(option + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads a whole number in a range. */
  Optional<Long> readLong(String option, String text, long least, long most) {
    return read(
        option,
        text,
        number -> {
          if (number.matches("-?[0-9]{1,18}")) {
            long value = Long.parseLong(number);
            if (value >= least && value <= most) {
              return value;
            }
          }
          throw new IllegalArgumentException(
              "'" + number + "', expected a whole number from " + least + " to " + most);
        });
  }

  /** Reads a whole number in a range of ints. */
  Optional<Integer> readInt(String option, String text, int least, int most) {
    return readLong(option, text, least, most).map(Math::toIntExact);
  }

  /** Notes a problem, or several on a line each; those noted before are not repeated. */
  void add(String problem) {
    problem.lines().forEach(problems::add);
  }

  /** Everything that is wrong, one problem on each line; empty if nothing is. */
  Optional<String> message() {
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", problems));
  }
}
