package io.logitflow.connector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.RecordRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PartitionRunsTest {

  @Test
  void theRecordsOfEachSplitBecomeARun() {
    PartitionRuns runs =
        new PartitionRuns(new TestingFetch(Set.of()).split(0, 5, 3).split(1, 70, 1));

    assertThat(runs.nextSplit()).isEqualTo("t-0");
    ConsumerRecord<byte[], byte[]> element = runs.nextRecordFromSplit();
    assertThat(element.partition()).isZero();
    assertThat(element.offset()).as("offset of the last record").isEqualTo(7);
    assertThat(offsets(element)).containsExactly(5L, 6L, 7L);
    ConsumedRecord last = run(element).record(2);
    assertThat(last.place()).isEqualTo("t-0@7");
    assertThat(last.timestamp()).isEqualTo(1_007);
    assertThat(last.key()).containsExactly(0);
    assertThat(ByteBuffer.wrap(last.value()).getLong()).isEqualTo(7);
    assertThat(runs.nextRecordFromSplit()).isNull();

    assertThat(runs.nextSplit()).isEqualTo("t-1");
    assertThat(offsets(runs.nextRecordFromSplit())).containsExactly(70L);
    assertThat(runs.nextRecordFromSplit()).isNull();
    assertThat(runs.nextSplit()).isNull();
  }

  @Test
  void whatIsLongerThanARunBecomesSeveralInOrder() {
    int count = 2 * RecordRun.MAX_SIZE + 1;
    PartitionRuns runs = new PartitionRuns(new TestingFetch(Set.of()).split(0, 0, count));

    runs.nextSplit();
    List<Integer> sizes = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    for (var run = runs.nextRecordFromSplit(); run != null; run = runs.nextRecordFromSplit()) {
      sizes.add(run(run).size());
      offsets.addAll(offsets(run));
    }
    assertThat(sizes).containsExactly(RecordRun.MAX_SIZE, RecordRun.MAX_SIZE, 1);
    assertThat(offsets).hasSize(count).isSorted().doesNotHaveDuplicates();
    assertThat(offsets.get(count - 1)).isEqualTo(count - 1);
  }

  @Test
  void aSplitThatEndsExactlyWithARunHasNoFurtherRun() {
    PartitionRuns runs =
        new PartitionRuns(new TestingFetch(Set.of()).split(0, 0, RecordRun.MAX_SIZE));

    runs.nextSplit();
    assertThat(run(runs.nextRecordFromSplit()).size()).isEqualTo(RecordRun.MAX_SIZE);
    assertThat(runs.nextRecordFromSplit()).isNull();
  }

  @Test
  void splitsWithoutRecordsAreLeftOutAndFinishedOnesAreTold() {
    PartitionRuns runs =
        new PartitionRuns(
            new TestingFetch(Set.of("t-0", "t-1")).split(0, 0, 0).split(1, 0, 2).split(2, 0, 0));

    assertThat(runs.nextSplit()).isEqualTo("t-1");
    assertThat(runs.nextSplit()).isNull();
    assertThat(runs.finishedSplits()).containsExactlyInAnyOrder("t-0", "t-1");
  }

  private static RecordRun run(ConsumerRecord<byte[], byte[]> element) {
    return ((RunElement) element).run();
  }

  private static List<Long> offsets(ConsumerRecord<byte[], byte[]> element) {
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < run(element).size(); i++) {
      offsets.add(run(element).record(i).offset());
    }
    return offsets;
  }
}
