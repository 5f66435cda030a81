package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.wire.FeatureDecoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MicroBatchTest {

  private final FeatureDecoder decoder = FeatureRecords.decoder();
  private final MicroBatch batch = new MicroBatch(3, 2);

  @Test
  void aNewBatchIsEmpty() {
    assertThat(batch.isEmpty()).isTrue();
    assertThat(batch.isFull()).isFalse();
    assertThat(batch.size()).isZero();
    assertThat(batch.featureCount()).isEqualTo(2);
  }

  @Test
  void recordsComeRowByRowIntoTheArena() throws Exception {
    ConsumedRecord first = FeatureRecords.record("a", 20, 1, 2);
    ConsumedRecord second = FeatureRecords.record("b", 10, 3, 4);
    batch.add(first, decoder);
    batch.add(second, decoder);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.isFull()).isFalse();
    assertThat(Arrays.copyOf(batch.features(), 4)).containsExactly(1, 2, 3, 4);
    assertThat(batch.row(0).id()).isEqualTo("a");
    assertThat(batch.row(1).id()).isEqualTo("b");
    assertThat(batch.row(1).time()).isEqualTo(10);
    assertThat(batch.record(0)).isSameAs(first);
    assertThat(batch.record(1)).isSameAs(second);
    assertThat(batch.oldestTimestamp()).isEqualTo(17);
  }

  @Test
  void aBatchWithItsLastRowIsFull() throws Exception {
    for (String id : new String[] {"a", "b", "c"}) {
      batch.add(FeatureRecords.record(id, 1, 1, 2), decoder);
    }
    assertThat(batch.isFull()).isTrue();
  }

  @Test
  void aBadRecordLeavesTheBatchAsItWas() throws Exception {
    batch.add(FeatureRecords.record("a", 20, 1, 2), decoder);
    assertThatThrownBy(() -> batch.add(FeatureRecords.record("b", 10, 9, 9, 9), decoder))
        .isInstanceOf(BadRecordException.class);

    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.oldestTimestamp()).isEqualTo(27);
    batch.add(FeatureRecords.record("c", 30, 3, 4), decoder);
    assertThat(Arrays.copyOf(batch.features(), 4)).containsExactly(1, 2, 3, 4);
    assertThat(batch.row(1).id()).isEqualTo("c");
  }

  @Test
  void aClearedBatchIsFilledAgainFromTheFirstRow() throws Exception {
    batch.add(FeatureRecords.record("a", 5, 1, 2), decoder);
    batch.clear();
    assertThat(batch.isEmpty()).isTrue();

    batch.add(FeatureRecords.record("b", 50, 5, 6), decoder);
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.row(0).id()).isEqualTo("b");
    assertThat(Arrays.copyOf(batch.features(), 2)).containsExactly(5, 6);
    assertThat(batch.oldestTimestamp()).isEqualTo(57);
  }
}
