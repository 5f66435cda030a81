package io.logitflow.training.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bounded sample of labelled records, made of strata: a uniform one (the rows of the smallest
 * hashes), the newest rows, and a floor of rows of each class (again those of the smallest hashes).
 *
 * <p>Each stratum is a function of the set of rows that were ever added (see {@link Stratum}), and
 * so is the whole: any order, any repetition and any division of the rows over samples that are
 * merged later give the same one.
 */
public final class Sample {

  /** Most classes that a sample keeps apart; rows of further ones are not taken. */
  public static final int MAX_CLASSES = 4_096;

  private final SampleLimits limits;
  private final Stratum uniform;
  private final Stratum recent;
  private final Map<String, Stratum> floors = new TreeMap<>();

  /** An empty sample. */
  public Sample(SampleLimits limits) {
    this.limits = limits;
    this.uniform = new Stratum(limits.uniform(), limits.uniformBytes());
    this.recent = new Stratum(limits.recent(), limits.recentBytes());
  }

  /**
   * Takes a row.
   *
   * @return whether its class is one of the {@link #MAX_CLASSES} that are kept apart
   */
  public boolean add(SampleRow row) {
    Optional<Stratum> floor = floor(row.label());
    if (floor.isEmpty()) {
      return false;
    }
    uniform.add(Place.byHash(row), row);
    if (limits.recent() > 0) {
      recent.add(Place.byAge(row), row);
    }
    floor.get().add(Place.byHash(row), row);
    return true;
  }

  private Optional<Stratum> floor(String label) {
    Stratum floor = floors.get(label);
    if (floor == null) {
      if (floors.size() == MAX_CLASSES) {
        return Optional.empty();
      }
      long bytes = limits.floorBytes(floors.size() + 1);
      floor = new Stratum(limits.classFloor(), bytes);
      floors.values().forEach(other -> other.limit(bytes));
      floors.put(label, floor);
    }
    return Optional.of(floor);
  }

  /** Takes what another sample of the same limits holds; the other one is not changed. */
  public void merge(Sample other) {
    if (!limits.equals(other.limits)) {
      throw new IllegalArgumentException(
          "Samples of %s and of %s cannot be merged".formatted(limits, other.limits));
    }
    // First: a small row must not come in behind a large one that is missing.
    cut(other.cuts());
    other.rows().forEach(this::add);
  }

  /** The rows of all strata, each once, in the order of their hashes. */
  public List<SampleRow> rows() {
    Map<Place, SampleRow> others = new TreeMap<>();
    recent.rows().forEach(row -> takeIfNotUniform(others, row));
    floors.values().forEach(floor -> floor.rows().forEach(row -> takeIfNotUniform(others, row)));
    // The uniform stratum ends where the others begin, in the order of hashes.
    List<SampleRow> rows = new ArrayList<>(uniform.rows());
    rows.addAll(others.values());
    return rows;
  }

  private void takeIfNotUniform(Map<Place, SampleRow> others, SampleRow row) {
    if (!uniform.reaches(Place.byHash(row))) {
      take(others, row);
    }
  }

  private static void take(Map<Place, SampleRow> distinct, SampleRow row) {
    distinct.merge(
        Place.byHash(row),
        row,
        (one, other) -> SampleRow.PRECEDENCE.compare(one, other) <= 0 ? one : other);
  }

  /**
   * What a row of each class weighs so that the floors change no frequency: rows of a class that
   * its floor has added to count as much together as those of the other strata would.
   *
   * @param seen records of each class among all that were seen
   */
  public Map<String, Double> weights(Map<String, Long> seen) {
    Map<Place, SampleRow> others = new TreeMap<>();
    uniform.rows().forEach(row -> take(others, row));
    recent.rows().forEach(row -> take(others, row));
    Map<String, Integer> without = counts(others.values());
    Map<String, Integer> with = counts(rows());
    long all = seen.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Double> weights = new TreeMap<>();
    with.forEach(
        (label, count) -> {
          double expected = (double) others.size() * seen.getOrDefault(label, 0L) / all;
          double share = without.containsKey(label) ? without.get(label) : expected;
          weights.put(label, share / count);
        });
    return weights;
  }

  private static Map<String, Integer> counts(Iterable<SampleRow> rows) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.label(), 1, Integer::sum));
    return counts;
  }

  /** Where the strata end, for a sample that goes on from the rows of this one. */
  public Cuts cuts() {
    Map<String, Optional<Place>> ofClasses = new TreeMap<>();
    floors.forEach((label, floor) -> ofClasses.put(label, floor.cut()));
    return new Cuts(uniform.cut(), recent.cut(), ofClasses);
  }

  /** Takes over where the strata of another sample end that this one goes on from. */
  public void cut(Cuts cuts) {
    cuts.uniform().ifPresent(uniform::cut);
    cuts.recent().ifPresent(recent::cut);
    cuts.floors()
        .forEach((label, cut) -> floor(label).ifPresent(floor -> cut.ifPresent(floor::cut)));
  }
}
