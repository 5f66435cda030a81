package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.training.TrainingRows;
import io.logitflow.training.sample.HeldOut;
import io.logitflow.training.sample.Sample;
import io.logitflow.training.sample.SampleLimits;
import io.logitflow.training.sample.SampleRow;
import io.logitflow.training.sample.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingDataTest {

  private static final HeldOut HELD_OUT = new HeldOut(0.3);

  private static SampleRow row(long hash, long time, String label, int features) {
    return new SampleRow(hash, time, label, new float[features]);
  }

  private static TrainingData divide(List<SampleRow> rows, OptionalInt features) {
    Sample sample = new Sample(new SampleLimits(1_000, 0, 0, 1 << 20));
    Tally tally = new Tally();
    for (SampleRow row : rows) {
      sample.add(row);
      tally.labelled(row);
    }
    return TrainingData.of(
        sample, tally, TrainingClasses.of(List.of("a", "b")), features, HELD_OUT);
  }

  private static List<SampleRow> rows(int count) {
    Random random = new Random(1);
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(random.nextLong(), random.nextInt(1_000), i % 4 == 0 ? "b" : "a", 2));
    }
    return rows;
  }

  @Test
  void heldOutRowsNeverTrainAndTheNewestJudge() {
    List<SampleRow> rows = rows(500);
    TrainingData data = divide(rows, OptionalInt.empty());
    assertThat(data.training()).noneMatch(row -> HELD_OUT.holds(row.hash()));
    List<SampleRow> held = new ArrayList<>(data.stopping());
    held.addAll(data.judging());
    assertThat(held).allMatch(row -> HELD_OUT.holds(row.hash()));
    assertThat(held.size() + data.training().size()).isEqualTo(500);
    assertThat(data.judging().size() - data.stopping().size()).isBetween(0, 1);
    long newestOfStopping = data.stopping().stream().mapToLong(SampleRow::time).max().orElseThrow();
    assertThat(data.judging()).allMatch(row -> row.time() >= newestOfStopping);
    TrainingRows training = data.trainingRows();
    assertThat(training.size()).isEqualTo(data.training().size());
    assertThat(training.weight()).isCloseTo(training.size(), within(1e-6));
  }

  @Test
  void rowsThatDoNotFitTheModelAreLeftOutAndCounted() {
    List<SampleRow> rows = rows(20);
    rows.add(row(1, 0, "c", 2));
    rows.add(row(2, 0, "7", 2));
    rows.add(row(3, 0, "1", 2));
    rows.add(row(4, 0, "a", 3));
    TrainingData data = divide(rows, OptionalInt.empty());
    assertThat(data.featureCount()).isEqualTo(2);
    assertThat(data.unknownClass()).isEqualTo(2);
    assertThat(data.otherFeatureCount()).isEqualTo(1);
    assertThat(divide(rows, OptionalInt.of(3)).otherFeatureCount()).isEqualTo(23);
  }

  /** Counted by hand: 3 of 4 rows are of a, half a row more of each. */
  @Test
  void theConstantPredictionKnowsTheFrequencies() {
    List<SampleRow> rows = new ArrayList<>();
    long hash = 0;
    for (String label : List.of("a", "a", "a", "b")) {
      do {
        hash++;
      } while (HELD_OUT.holds(hash));
      rows.add(row(hash, 0, label, 1));
    }
    TrainingData data = divide(rows, OptionalInt.empty());
    assertThat(data.frequencies()).containsExactly(new double[] {0.7, 0.3}, within(1e-12));
    assertThat(data.trainedClasses()).isEqualTo(2);

    Judgement judgement = Judgement.ofConstant(data.frequencies(), rows, data.classes());
    assertThat(judgement.accuracy()).isEqualTo(0.75);
    assertThat(judgement.nll()).isCloseTo(-(3 * Math.log(0.7) + Math.log(0.3)) / 4, within(1e-12));
    assertThat(judgement.halfBrier()).isCloseTo((3 * 0.09 + 0.49) / 4, within(1e-12));
  }

  @Test
  void classesThatNobodyHasNamedAreWhatLabelsSay() {
    assertThat(TrainingClasses.ofLabels(Set.of("2", "10", "0")).names())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(TrainingClasses.ofLabels(Set.of("sun", "rain")).names())
        .containsExactly("rain", "sun");
    assertThat(TrainingClasses.of(List.of("rain", "sun")).indexOf("1")).isEqualTo(1);
    assertThat(TrainingClasses.of(List.of("rain", "sun")).indexOf("2")).isEqualTo(-1);
    assertThat(TrainingClasses.of(List.of("1", "0")).indexOf("1")).isZero();
  }
}
