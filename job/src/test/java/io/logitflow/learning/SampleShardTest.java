package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.training.sample.HeldOut;
import io.logitflow.training.sample.OffsetSpan;
import io.logitflow.training.sample.Sample;
import io.logitflow.training.sample.SampleRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Shards of the sample in Flink's own test harness, restored in other numbers. */
class SampleShardTest {

  private static final TrainingSettings SETTINGS =
      TestingSettings.of(false, TestingSettings.triggers(), TestingSettings.sample());

  private static AbstractStreamOperatorTestHarness<ShardPart> harness(int shards, int shard)
      throws Exception {
    return new AbstractStreamOperatorTestHarness<>(
        LearningOperators.sample(SETTINGS), 8, shards, shard);
  }

  private static SampleShard operator(AbstractStreamOperatorTestHarness<ShardPart> harness) {
    return (SampleShard) harness.getOperator();
  }

  private static MaturedRecord record(Random random, int number) {
    return new MaturedRecord(
        random.nextLong(),
        random.nextInt(1_000),
        random.nextInt(10) == 0 ? "b" : "a",
        new float[] {number},
        new int[] {0, 1, 1},
        new long[] {number, number, number});
  }

  private static List<MaturedRecord> records(long seed, int count) {
    Random random = new Random(seed);
    List<MaturedRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(random, i));
    }
    return records;
  }

  private static TrainingOrder order(long number, long time) {
    return new TrainingOrder(number, time, "test");
  }

  private static List<ShardPart> parts(AbstractStreamOperatorTestHarness<ShardPart> harness) {
    List<ShardPart> parts = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        parts.add((ShardPart) record.getValue());
      }
    }
    return parts;
  }

  private static Set<SampleRow> sampleOf(List<MaturedRecord> records) {
    Sample sample = new Sample(SETTINGS.limits());
    records.forEach(record -> sample.add(record.row()));
    return new HashSet<>(sample.rows());
  }

  @Test
  void anOrderIsAnsweredOnceTheRecordsThatHadMaturedHaveCome() throws Exception {
    try (var harness = harness(1, 0)) {
      harness.open();
      operator(harness).processElement2(new StreamRecord<>(order(1, 500)));
      operator(harness).processWatermark1(new Watermark(499));
      assertThat(parts(harness)).isEmpty();
      operator(harness).processWatermark1(new Watermark(500));
      assertThat(parts(harness)).hasSize(1);
      // As a trigger says it again that was restored.
      operator(harness).processElement2(new StreamRecord<>(order(1, 480)));
      assertThat(parts(harness)).hasSize(1);
    }
  }

  /** Three subtasks train, and each gets the sample with the features of its own rows only. */
  @Test
  void eachSubtaskOfTheTrainingGetsItsRowsAndTheOutlinesOfAllOthers() throws Exception {
    TrainingSettings settings =
        TestingSettings.of(false, TestingSettings.triggers(), TestingSettings.sample(), 3);
    List<MaturedRecord> records = records(5, 200);
    TrainingData whole = data(assembly(SETTINGS, records, 0));
    List<SampleRow> dealt = new ArrayList<>();
    for (int target = 0; target < 3; target++) {
      int subtask = target;
      SampleAssembly assembly = assembly(settings, records, target);
      assertThat(assembly.tally().labelledCount()).isEqualTo(200);
      TrainingData data = data(assembly);
      assertThat(outlines(data.training())).isEqualTo(outlines(whole.training()));
      assertThat(outlines(data.stopping())).isEqualTo(outlines(whole.stopping()));
      assertThat(outlines(data.judging())).isEqualTo(outlines(whole.judging()));
      assertThat(data.weights()).isEqualTo(whole.weights());
      assertThat(data.balancedClassWeights()).isEqualTo(whole.balancedClassWeights());
      List<SampleRow> own =
          data.training().stream()
              .filter(row -> settings.division().owner(row) == subtask)
              .toList();
      assertThat(whole.training()).containsAll(own);
      assertThat(data.trainingRows(own::contains).size()).isEqualTo(own.size()).isPositive();
      assertThat(data.training())
          .filteredOn(row -> settings.division().owner(row) != subtask)
          .allMatch(row -> Arrays.equals(row.features(), new float[1]));
      dealt.addAll(own);
      assertThat(data.judging().equals(whole.judging())).isEqualTo(target == 0);
    }
    assertThat(dealt).containsExactlyInAnyOrderElementsOf(whole.training());
  }

  private static SampleAssembly assembly(
      TrainingSettings settings, List<MaturedRecord> records, int target) throws Exception {
    SampleAssembly assembly = new SampleAssembly(order(1, 0), settings.limits());
    for (int shard = 0; shard < 2; shard++) {
      try (var harness =
          new AbstractStreamOperatorTestHarness<>(
              LearningOperators.sample(settings), 8, 2, shard)) {
        harness.open();
        for (int i = shard; i < records.size(); i += 2) {
          operator(harness).processElement1(new StreamRecord<>(records.get(i)));
        }
        operator(harness).processElement2(new StreamRecord<>(order(1, 0)));
        operator(harness).processWatermark1(new Watermark(0));
        for (ShardPart part : parts(harness)) {
          if (part.target() == target) {
            assertThat(assembly.add(part)).isEqualTo(part.isLast() && shard == 1);
          }
        }
      }
    }
    return assembly;
  }

  private static TrainingData data(SampleAssembly assembly) {
    return TrainingData.of(
        assembly.sample(),
        assembly.tally(),
        TrainingClasses.of(List.of("a", "b")),
        OptionalInt.empty(),
        new HeldOut(TestingSettings.sample().holdout()));
  }

  private static List<SampleRow> outlines(List<SampleRow> rows) {
    return rows.stream()
        .map(row -> new SampleRow(row.hash(), row.time(), row.label(), new float[1]))
        .toList();
  }

  /** Two shards, restored as three, then as one. */
  @Test
  void shardsThatAreRestoredInAnotherNumberGiveTheSampleOfAllRecords() throws Exception {
    List<MaturedRecord> before = records(1, 300);
    List<MaturedRecord> after = records(2, 300);
    OperatorSubtaskState two = fill(OperatorSubtaskState.builder().build(), 1, 2, before, 0);
    OperatorSubtaskState three = fill(two, 2, 3, after, 1);

    SampleAssembly assembly = new SampleAssembly(order(1, 0), SETTINGS.limits());
    try (var harness = harness(1, 0)) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(three, 8, 3, 1, 0));
      harness.open();
      operator(harness).processElement2(new StreamRecord<>(order(1, 0)));
      operator(harness).processWatermark1(new Watermark(0));
      for (ShardPart part : parts(harness)) {
        assertThat(assembly.add(part)).isEqualTo(part.isLast());
      }
    }
    List<MaturedRecord> all = new ArrayList<>(before);
    all.addAll(after);
    assertThat(new HashSet<>(assembly.sample().rows())).isEqualTo(sampleOf(all));
    assertThat(assembly.tally().labelledCount()).isEqualTo(600);
    assertThat(assembly.tally().spans())
        .isEqualTo(
            Map.of("features-0", new OffsetSpan(0, 300), "labels-1", new OffsetSpan(0, 300)));
  }

  private static OperatorSubtaskState fill(
      OperatorSubtaskState state,
      int oldShards,
      int shards,
      List<MaturedRecord> records,
      int checkpoint)
      throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[shards];
    for (int shard = 0; shard < shards; shard++) {
      try (var harness = harness(shards, shard)) {
        if (checkpoint > 0) {
          harness.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, 8, oldShards, shards, shard));
        }
        harness.open();
        for (int i = shard; i < records.size(); i += shards) {
          operator(harness).processElement1(new StreamRecord<>(records.get(i)));
        }
        states[shard] = harness.snapshot(checkpoint, 1);
      }
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  /** The answer and the training made from it are not in the checkpoint. */
  @Test
  void theLastOrderIsAnsweredAgainAfterARestore() throws Exception {
    List<MaturedRecord> records = records(3, 100);
    OperatorSubtaskState[] states = new OperatorSubtaskState[2];
    for (int shard = 0; shard < 2; shard++) {
      try (var harness = harness(2, shard)) {
        harness.open();
        for (int i = shard; i < records.size(); i += 2) {
          operator(harness).processElement1(new StreamRecord<>(records.get(i)));
        }
        operator(harness).processElement2(new StreamRecord<>(order(7, 100)));
        // The second shard has not come so far.
        operator(harness).processWatermark1(new Watermark(shard == 0 ? 100 : 90));
        assertThat(parts(harness)).hasSize(1 - shard);
        states[shard] = harness.snapshot(1, 1);
      }
    }
    OperatorSubtaskState state = AbstractStreamOperatorTestHarness.repackageState(states);
    SampleAssembly assembly = new SampleAssembly(order(7, 100), SETTINGS.limits());
    for (int shard = 0; shard < 3; shard++) {
      try (var harness = harness(3, shard)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 8, 2, 3, shard));
        harness.open();
        harness.setProcessingTime(1);
        assertThat(parts(harness)).isEmpty();
        operator(harness).processWatermark1(new Watermark(100));
        List<ShardPart> parts = parts(harness);
        assertThat(parts).extracting(part -> part.order().number()).containsOnly(7L);
        for (int i = 0; i < parts.size(); i++) {
          assertThat(assembly.add(parts.get(i))).isEqualTo(shard == 2 && i == parts.size() - 1);
        }
      }
    }
    assertThat(new HashSet<>(assembly.sample().rows())).isEqualTo(sampleOf(records));
  }

  @Test
  void anAnswerThatNeedsNoMoreRecordsComesAtOnceAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(1, 0)) {
      harness.open();
      operator(harness).processElement1(new StreamRecord<>(records(4, 1).get(0)));
      operator(harness).processElement2(new StreamRecord<>(order(1, 100)));
      operator(harness).processWatermark1(new Watermark(100));
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(1, 0)) {
      harness.initializeState(state);
      harness.open();
      harness.setProcessingTime(1);
      assertThat(parts(harness)).hasSize(1);
    }
  }
}
