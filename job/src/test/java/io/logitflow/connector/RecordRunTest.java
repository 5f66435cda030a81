package io.logitflow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordRunTest {

  private final RecordRun.Builder builder = new RecordRun.Builder("features", 3);

  @Test
  void recordsOfABufferStayInIt() {
    byte[] fetched = "..k1value1..k2value two".getBytes(UTF_8);
    builder
        .add(10, 1_000, slice(fetched, 2, 2), slice(fetched, 4, 6))
        .add(12, 900, slice(fetched, 12, 2), slice(fetched, 14, 9));
    RecordRun run = builder.build();

    assertThat(run.topic()).isEqualTo("features");
    assertThat(run.partition()).isEqualTo(3);
    assertThat(run.size()).isEqualTo(2);
    assertThat(run.lastOffset()).isEqualTo(12);
    assertThat(run.timestamp(1)).isEqualTo(900);
    assertThat(run.valueArray(1)).isSameAs(fetched);
    assertThat(run.valueFrom(1)).isEqualTo(14);
    assertThat(run.valueLength(1)).isEqualTo(9);
    assertThat(run.record(0))
        .usingRecursiveComparison()
        .isEqualTo(
            new ConsumedRecord(
                "features", 3, 10, 1_000, "k1".getBytes(UTF_8), "value1".getBytes(UTF_8)));
    assertThat(run.record(1).value()).isEqualTo("value two".getBytes(UTF_8));
  }

  @Test
  void keysAndValuesMayBeNullOrEmpty() {
    builder.add(1, 1, null, ByteBuffer.wrap(new byte[0])).add(2, 1, ByteBuffer.allocate(0), null);
    RecordRun run = builder.build();

    assertThat(run.record(0).key()).isNull();
    assertThat(run.record(0).value()).isEmpty();
    assertThat(run.record(1).key()).isEmpty();
    assertThat(run.record(1).value()).isNull();
    assertThat(run.valueLength(1)).isEqualTo(RecordRun.NULL);
    assertThat(run.valueArray(1)).isNull();
  }

  @Test
  void buffersWithoutAnArrayAreCopiedAndLeftAsTheyAre() {
    ByteBuffer direct = ByteBuffer.allocateDirect(8).put("..direct".getBytes(UTF_8)).position(2);
    ByteBuffer readOnly = ByteBuffer.wrap("read-only".getBytes(UTF_8)).asReadOnlyBuffer();
    builder.add(1, 1, direct, readOnly);

    ConsumedRecord record = builder.build().record(0);
    assertThat(record.key()).isEqualTo("direct".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo("read-only".getBytes(UTF_8));
    assertThat(direct.remaining()).isEqualTo(6);
  }

  @Test
  void aRunHoldsAsManyRecordsAsItsMaximum() {
    for (int i = 0; i < RecordRun.MAX_SIZE; i++) {
      assertThat(builder.isFull()).isFalse();
      byte[] value = new byte[i];
      Arrays.fill(value, (byte) i);
      builder.add(2L * i, 5L * i, null, ByteBuffer.wrap(value));
    }
    assertThat(builder.isFull()).isTrue();

    RecordRun run = builder.build();
    assertThat(run.size()).isEqualTo(RecordRun.MAX_SIZE);
    for (int i = 0; i < run.size(); i++) {
      assertThat(run.record(i).offset()).isEqualTo(2L * i);
      assertThat(run.timestamp(i)).isEqualTo(5L * i);
      assertThat(run.valueLength(i)).isEqualTo(i);
      byte[] expected = new byte[i];
      Arrays.fill(expected, (byte) i);
      assertThat(run.record(i).value()).isEqualTo(expected);
    }
  }

  @Test
  void theTimestampOfARunIsTheGreatestOfItsRecords() {
    builder.add(1, -7, null, null);
    assertThat(builder.build().maxTimestamp()).isEqualTo(-7);

    RecordRun.Builder unordered = new RecordRun.Builder("features", 3);
    unordered.add(1, 5, null, null).add(2, 9, null, null).add(3, -1, null, null);
    assertThat(unordered.build().maxTimestamp()).isEqualTo(9);
  }

  @Test
  void thereIsNoRunWithoutRecords() {
    assertThat(builder.isEmpty()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("A run of features-3 without records");
  }

  private static ByteBuffer slice(byte[] array, int from, int length) {
    return ByteBuffer.wrap(array, from, length).slice();
  }
}
