package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.FeatureBatch;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.wire.FeatureDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchTest {

  private final FeatureDecoder decoder = FeatureRecords.decoder();
  private final MicroBatch batch = new MicroBatch(3, 2);

  @Test
  void aNewBatchIsEmpty() {
    assertThat(batch.isEmpty()).isTrue();
    assertThat(batch.isFull()).isFalse();
    assertThat(batch.size()).isZero();
  }

  @Test
  void recordsComeRowByRowIntoTheArena() throws Exception {
    ConsumedRecord first = FeatureRecords.record("a", 20, 1, 2);
    ConsumedRecord second = FeatureRecords.record("b", 10, 3, 4);
    batch.add(FeatureRecords.run(first), 0, decoder);
    batch.add(FeatureRecords.run(second), 0, decoder);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.isFull()).isFalse();
    assertThat(Arrays.copyOf(batch.features().values(), 4)).containsExactly(1, 2, 3, 4);
    assertThat(batch.row(0).id()).isEqualTo("a");
    assertThat(batch.row(1).id()).isEqualTo("b");
    assertThat(batch.row(1).time()).isEqualTo(10);
    assertThat(batch.record(0)).usingRecursiveComparison().isEqualTo(first);
    assertThat(batch.record(1)).usingRecursiveComparison().isEqualTo(second);
    assertThat(batch.timestamp(1)).isEqualTo(17);
    assertThat(batch.oldestTimestamp()).isEqualTo(17);
  }

  @Test
  void aRunMayFillSeveralBatches() throws Exception {
    RecordRun.Builder builder = new RecordRun.Builder("features", 4);
    for (int i = 0; i < 5; i++) {
      ConsumedRecord record = FeatureRecords.record("r" + i, 100 + i, i, -i);
      builder.add(record.offset(), record.timestamp(), null, ByteBuffer.wrap(record.value()));
    }
    RecordRun run = builder.build();
    for (int i = 0; i < 3; i++) {
      batch.add(run, i, decoder);
    }
    assertThat(batch.isFull()).isTrue();
    batch.clear();
    batch.add(run, 3, decoder);
    batch.add(run, 4, decoder);

    assertThat(batch.row(1).id()).isEqualTo("r4");
    assertThat(Arrays.copyOf(batch.features().values(), 4)).containsExactly(3, -3, 4, -4);
    assertThat(batch.record(1).place()).isEqualTo("features-4@104");
    assertThat(batch.timestamp(0)).isEqualTo(110);
    assertThat(batch.oldestTimestamp()).isEqualTo(110);
  }

  @Test
  void aBatchWithItsLastRowIsFull() throws Exception {
    for (String id : new String[] {"a", "b", "c"}) {
      batch.add(FeatureRecords.run(FeatureRecords.record(id, 1, 1, 2)), 0, decoder);
    }
    assertThat(batch.isFull()).isTrue();
  }

  @Test
  void aBadRecordLeavesTheBatchAsItWas() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 20, 1, 2)), 0, decoder);
    assertThatThrownBy(
            () ->
                batch.add(FeatureRecords.run(FeatureRecords.record("b", 10, 9, 9, 9)), 0, decoder))
        .isInstanceOf(BadRecordException.class);

    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.oldestTimestamp()).isEqualTo(27);
    batch.add(FeatureRecords.run(FeatureRecords.record("c", 30, 3, 4)), 0, decoder);
    assertThat(Arrays.copyOf(batch.features().values(), 4)).containsExactly(1, 2, 3, 4);
    assertThat(batch.row(1).id()).isEqualTo("c");
  }

  @Test
  void aClearedBatchIsFilledAgainFromTheFirstRow() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 5, 1, 2)), 0, decoder);
    batch.clear();
    assertThat(batch.isEmpty()).isTrue();

    batch.add(FeatureRecords.run(FeatureRecords.record("b", 50, 5, 6)), 0, decoder);
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.row(0).id()).isEqualTo("b");
    assertThat(Arrays.copyOf(batch.features().values(), 2)).containsExactly(5, 6);
    assertThat(batch.oldestTimestamp()).isEqualTo(57);
  }

  @Test
  void recordsOfAnyFormShareABatchInTheFormOfTheFirst() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.sparseRecord("a", 5, List.of(1), 8)), 0, decoder);
    batch.add(FeatureRecords.run(FeatureRecords.record("b", 6, 1, 2)), 0, decoder);
    FeatureBatch sparse = batch.featureBatch();
    assertThat(sparse.rows()).isEqualTo(2);
    assertThat(Arrays.copyOf(sparse.sparse().orElseThrow().starts(), 3)).containsExactly(0, 1, 3);
    assertThat(Arrays.copyOf(sparse.sparse().get().indices(), 3)).containsExactly(1, 0, 1);
    assertThat(Arrays.copyOf(sparse.values(), 3)).containsExactly(8, 1, 2);

    batch.clear();
    batch.add(FeatureRecords.run(FeatureRecords.record("b", 6, 1, 2)), 0, decoder);
    batch.add(FeatureRecords.run(FeatureRecords.sparseRecord("a", 5, List.of(1), 8)), 0, decoder);
    assertThat(batch.featureBatch().sparse()).isEmpty();
    assertThat(Arrays.copyOf(batch.featureBatch().values(), 4)).containsExactly(1, 2, 0, 8);
  }

  /** Dense, such a batch would take 16 GiB. */
  @Test
  void ofMillionsOfFeaturesOnlyThoseThatAreThereTakeMemory() throws Exception {
    MicroBatch wide = new MicroBatch(1024, 1 << 22);
    for (int i = 0; i < 1024; i++) {
      wide.add(
          FeatureRecords.run(FeatureRecords.sparseRecord("r" + i, i, List.of(i, 4_000_000), 1, 2)),
          0,
          decoder);
    }

    assertThat(wide.isFull()).isTrue();
    assertThat(wide.featureBatch().values().length).isLessThan(10_000);
  }
}
