package io.logitflow.benchmarks.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program under some circumstances.
 *
 * @param program what runs
 * @param challengers number of challengers that are scored in the shadow
 * @param swapEvery time after which another version becomes the champion; empty: none does
 */
record Variant(Program program, int challengers, Optional<Duration> swapEvery) {

  /** The scoring job with nothing going on beside the scoring. */
  static final Variant LOGITFLOW = of(Program.LOGITFLOW);

  static Variant of(Program program) {
    return new Variant(program, 0, Optional.empty());
  }

  static Variant withChallengers(int challengers) {
    return new Variant(Program.LOGITFLOW, challengers, Optional.empty());
  }

  static Variant swapping(Duration every) {
    return new Variant(Program.LOGITFLOW, 0, Optional.of(every));
  }

  /** Whether it is the scoring job with more to do than {@link #LOGITFLOW}. */
  boolean isLoadedLogitflow() {
    return program == Program.LOGITFLOW && !equals(LOGITFLOW);
  }

  /** Its name in reports, and in names of topics and logs. */
  @Override
  public String toString() {
    StringBuilder name = new StringBuilder(program.toString());
    if (challengers > 0) {
      name.append("-challengers-").append(challengers);
    }
    swapEvery.ifPresent(every -> name.append("-swaps-").append(every.toMillis()).append("ms"));
    return name.toString();
  }

  /** The plain programs, then the scoring job with challengers and with swaps. */
  static List<Variant> all(
      List<Program> programs, List<Integer> challengers, Optional<Duration> swapEvery) {
    List<Variant> variants = new ArrayList<>();
    programs.forEach(program -> variants.add(of(program)));
    challengers.stream()
        .filter(number -> number > 0)
        .forEach(number -> variants.add(withChallengers(number)));
    swapEvery.ifPresent(every -> variants.add(swapping(every)));
    return variants;
  }
}
