package io.logitflow.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Collects what is wrong with a configuration, so that all of it is reported together. */
final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** An option that has to be set and is not. */
  void missing(String key, String expectation) {
    found.add(new Problem(key, Optional.empty(), "not set; expected " + expectation));
  }

  /** An option with a value that is not accepted. */
  void refused(String key, Object value, String expectation) {
    found.add(new Problem(key, Optional.of(value.toString()), expectation));
  }

  /** A key that names nothing. Its value is kept out of sight: it may be a secret. */
  void unknown(String key, String expectation) {
    found.add(new Problem(key, Optional.empty(), expectation));
  }

  /** A key that names no option. */
  void unknown(String key, Iterable<String> knownKeys) {
    String suggestion =
        NearestKey.to(key, knownKeys).map(nearest -> "; did you mean " + nearest + "?").orElse("");
    unknown(key, "unknown option" + suggestion);
  }

  /** Adds a problem, unless the option has one already that may be its cause. */
  void addIfFirstOfItsKey(Problem problem) {
    if (!concern(problem.key()::equals)) {
      found.add(problem);
    }
  }

  /** Whether an option with such a key has a problem. */
  boolean concern(Predicate<String> key) {
    return found.stream().map(Problem::key).anyMatch(key);
  }

  void throwIfAny() throws ConfigurationException {
    if (!found.isEmpty()) {
      throw new ConfigurationException(found);
    }
  }
}
