package io.logitflow.training.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a model that has all rows at once, sorts them and counts off. */
class SampleTest {

  private static final Comparator<SampleRow> BY_HASH =
      (one, other) -> Long.compareUnsigned(one.hash(), other.hash());

  private static final Comparator<SampleRow> NEWEST_FIRST =
      Comparator.comparingLong((SampleRow row) -> -row.time()).thenComparing(BY_HASH);

  /** The longest beginning that fits. */
  private static Set<SampleRow> beginning(
      List<SampleRow> rows, Comparator<SampleRow> order, int maxRows, long maxBytes) {
    Set<SampleRow> beginning = new HashSet<>();
    long bytes = 0;
    for (SampleRow row : rows.stream().distinct().sorted(order).toList()) {
      bytes += row.bytes();
      if (bytes > maxBytes || beginning.size() == maxRows) {
        break;
      }
      beginning.add(row);
    }
    return beginning;
  }

  private static Set<SampleRow> expected(List<SampleRow> rows, SampleLimits limits) {
    Map<String, List<SampleRow>> classes =
        rows.stream().collect(Collectors.groupingBy(SampleRow::label));
    long floors = limits.classFloor() == 0 ? 0 : limits.bytes() / 8;
    long rest = limits.bytes() - floors;
    long uniform = (long) (limits.uniform() / (double) (limits.uniform() + limits.recent()) * rest);
    Set<SampleRow> sample = new HashSet<>(beginning(rows, BY_HASH, limits.uniform(), uniform));
    sample.addAll(beginning(rows, NEWEST_FIRST, limits.recent(), rest - uniform));
    classes
        .values()
        .forEach(
            ofClass ->
                sample.addAll(
                    beginning(ofClass, BY_HASH, limits.classFloor(), floors / classes.size())));
    return sample;
  }

  /** Rows of some classes, one of them rare, with features of different number; some twice. */
  private static List<SampleRow> rows(Random random, int count) {
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String label = random.nextInt(40) == 0 ? "rare" : Integer.toString(random.nextInt(3));
      rows.add(
          new SampleRow(
              random.nextLong(),
              random.nextInt(200),
              label,
              new float[random.nextInt(20) == 0 ? 200 : 1 + random.nextInt(8)]));
    }
    for (int i = 0; i < count / 10; i++) {
      rows.add(rows.get(random.nextInt(rows.size())));
    }
    return rows;
  }

  private static SampleLimits limits(Random random) {
    return new SampleLimits(
        1 + random.nextInt(60),
        random.nextInt(40),
        random.nextInt(8),
        2_000 + random.nextInt(60_000));
  }

  private static Sample sample(SampleLimits limits, List<SampleRow> rows) {
    Sample sample = new Sample(limits);
    rows.forEach(sample::add);
    return sample;
  }

  private static SampleRow row(long hash, long time, String label) {
    return new SampleRow(hash, time, label, new float[1]);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isTheBeginningsOfTheOrderedSetInWhateverOrderRowsCome(long seed) {
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      SampleLimits limits = limits(random);
      List<SampleRow> rows = rows(random, random.nextInt(300));
      Set<SampleRow> expected = expected(rows, limits);
      Collections.shuffle(rows, random);
      assertThat(new HashSet<>(sample(limits, rows).rows()))
          .as("seed %d, trial %d, %s", seed, trial, limits)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void theSampleOfAUnionIsTheMergeOfSamplesHoweverItIsDivided(long seed) {
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      SampleLimits limits = limits(random);
      List<SampleRow> rows = rows(random, random.nextInt(300));
      List<Sample> parts = new ArrayList<>();
      for (int part = 0; part < 1 + random.nextInt(5); part++) {
        parts.add(new Sample(limits));
      }
      rows.forEach(row -> parts.get(random.nextInt(parts.size())).add(row));
      Collections.shuffle(parts, random);
      Sample merged = new Sample(limits);
      parts.forEach(merged::merge);
      assertThat(new HashSet<>(merged.rows()))
          .as("seed %d, trial %d, %s", seed, trial, limits)
          .isEqualTo(expected(rows, limits));
    }
  }

  /** As state is: rows are dealt out anew, and everyone learns of every cut. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void goesOnInOtherPartsFromRowsAndCuts(long seed) throws IOException {
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      SampleLimits limits = limits(random);
      List<SampleRow> before = rows(random, random.nextInt(200));
      List<SampleRow> after = rows(random, random.nextInt(200));
      List<Sample> old = List.of(new Sample(limits), new Sample(limits));
      before.forEach(row -> old.get(random.nextInt(2)).add(row));
      List<Sample> parts = List.of(new Sample(limits), new Sample(limits), new Sample(limits));
      for (Sample one : old) {
        for (Sample part : parts) {
          part.cut(Cuts.read(written(one.cuts())));
        }
        one.rows().forEach(row -> parts.get(random.nextInt(3)).add(row));
      }
      after.forEach(row -> parts.get(random.nextInt(3)).add(row));
      Sample merged = new Sample(limits);
      parts.forEach(merged::merge);
      List<SampleRow> all = new ArrayList<>(before);
      all.addAll(after);
      assertThat(new HashSet<>(merged.rows()))
          .as("seed %d, trial %d, %s", seed, trial, limits)
          .isEqualTo(expected(all, limits));
    }
  }

  private static DataInputStream written(Cuts cuts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    cuts.write(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Test
  void rowsComeInTheUnsignedOrderOfTheirHashes() {
    Sample sample =
        sample(
            new SampleLimits(10, 0, 0, 10_000),
            List.of(row(-1, 0, "a"), row(5, 0, "a"), row(Long.MIN_VALUE, 0, "b")));
    assertThat(sample.rows()).extracting(SampleRow::hash).containsExactly(5L, Long.MIN_VALUE, -1L);
  }

  /** 2 of 8 rows are uniform, none of them of class b, whose floor adds 1 of 4. */
  @Test
  void rowsThatTheFloorAddsWeighWhatTheirClassIsWorth() {
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rows.add(row(i, 0, i < 4 ? "a" : "b"));
    }
    Sample sample = sample(new SampleLimits(2, 0, 1, 10_000), rows);
    assertThat(sample.rows()).extracting(SampleRow::label).containsExactly("a", "a", "b");
    Map<String, Double> weights = sample.weights(Map.of("a", 4L, "b", 4L));
    assertThat(weights).containsOnlyKeys("a", "b");
    assertThat(weights.get("a")).isEqualTo(1.0);
    assertThat(weights.get("b")).isCloseTo(1.0, within(1e-12));
  }

  @Test
  void withoutFloorsEveryRowWeighsOne() {
    List<SampleRow> rows = rows(new Random(10), 200);
    Map<String, Long> seen =
        rows.stream()
            .collect(Collectors.groupingBy(SampleRow::label, TreeMap::new, Collectors.counting()));
    assertThat(sample(new SampleLimits(50, 20, 0, 1 << 20), rows).weights(seen).values())
        .containsOnly(1.0);
  }

  @Test
  void classesBeyondTheLimitAreNotTaken() {
    Sample sample = new Sample(new SampleLimits(10, 10, 1, 1 << 20));
    for (int i = 0; i < Sample.MAX_CLASSES; i++) {
      assertThat(sample.add(row(i, 0, "class " + i))).isTrue();
    }
    assertThat(sample.add(row(-1, 1, "one too many"))).isFalse();
    assertThat(sample.add(row(-2, 1, "class 0"))).isTrue();
  }

  @Test
  void samplesOfOtherLimitsAreNotMerged() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Sample(new SampleLimits(1, 1, 1, 1))
                    .merge(new Sample(new SampleLimits(2, 1, 1, 1))));
  }

  /** Five standard deviations of a binomial. */
  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.2, 0.5, 1.0})
  void aShareOfTheRecordsIsHeldOutWhateverTheOrderOfTheirHashes(double fraction) {
    HeldOut heldOut = new HeldOut(fraction);
    Random random = new Random(11);
    int count = 20_000;
    double tolerance = 5 * Math.sqrt(count * fraction * (1 - fraction));
    int any = 0;
    int small = 0;
    for (int i = 0; i < count; i++) {
      long hash = random.nextLong();
      any += heldOut.holds(hash) ? 1 : 0;
      small += heldOut.holds(hash >>> 20) ? 1 : 0;
    }
    assertThat((double) any).isCloseTo(fraction * count, within(tolerance));
    assertThat((double) small).isCloseTo(fraction * count, within(tolerance));
  }

  @Test
  void talliesAddUpInAnyOrder() throws IOException {
    Tally one = new Tally();
    one.labelled(row(1, 50, "a"));
    one.at("features-0", 7);
    one.unlabelled();
    Tally other = new Tally();
    other.labelled(row(2, 20, "a"));
    other.labelled(row(3, 70, "b"));
    other.at("features-0", 3);
    other.at("labels-1", 9);
    for (List<Tally> order : List.of(List.of(one, other), List.of(other, one))) {
      Tally sum = new Tally();
      for (Tally tally : order) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tally.write(new DataOutputStream(bytes));
        sum.merge(Tally.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
      }
      assertThat(sum.classes()).isEqualTo(Map.of("a", 2L, "b", 1L));
      assertThat(sum.labelledCount()).isEqualTo(3);
      assertThat(sum.unlabelledCount()).isEqualTo(1);
      assertThat(sum.firstTime()).isEqualTo(20);
      assertThat(sum.lastTime()).isEqualTo(70);
      assertThat(sum.spans())
          .isEqualTo(Map.of("features-0", new OffsetSpan(3, 8), "labels-1", new OffsetSpan(9, 10)));
    }
  }
}
