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
 * @param compression how predictions are compressed; empty: as the workload says, or not
 */
record Variant(
    Program program,
    int challengers,
    Optional<Duration> swapEvery,
    Optional<Compression> compression) {

  /** The scoring job with nothing going on beside the scoring. */
  static final Variant LOGITFLOW = of(Program.LOGITFLOW);

  static Variant of(Program program) {
    return new Variant(program, 0, Optional.empty(), Optional.empty());
  }

  static Variant withChallengers(int challengers) {
    return new Variant(Program.LOGITFLOW, challengers, Optional.empty(), Optional.empty());
  }

  static Variant swapping(Duration every) {
    return new Variant(Program.LOGITFLOW, 0, Optional.of(every), Optional.empty());
  }

  /** The same with compressed predictions. */
  Variant compressed(Compression compression) {
    return new Variant(program, challengers, swapEvery, Optional.of(compression));
  }

  /** Options of the scoring job that make it so, {@code --key=value}. */
  List<String> jobOptions() {
    return compression.stream().map(type -> "--producer.compression.type=" + type).toList();
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
    compression.ifPresent(type -> name.append("-").append(type));
    return name.toString();
  }

  /** The plain programs, then the scoring job with challengers, compression and swaps. */
  static List<Variant> all(
      List<Program> programs,
      List<Integer> challengers,
      Optional<Compression> compression,
      Optional<Duration> swapEvery) {
    List<Variant> variants = new ArrayList<>();
    programs.forEach(program -> variants.add(of(program)));
    challengers.stream()
        .filter(number -> number > 0)
        .forEach(number -> variants.add(withChallengers(number)));
    compression.ifPresent(
        type ->
            challengers.forEach(number -> variants.add(withChallengers(number).compressed(type))));
    swapEvery.ifPresent(every -> variants.add(swapping(every)));
    return variants;
  }
}
