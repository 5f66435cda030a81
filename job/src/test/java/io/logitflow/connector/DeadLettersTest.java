package io.logitflow.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.SingleObjects;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final int MAX_BYTES = 4;
  private final DeadLetters deadLetters = new DeadLetters("scoring", MAX_BYTES);

  @Test
  void aLetterNamesThePlaceAndHoldsTheBytes() throws Exception {
    ConsumedRecord record = record(new byte[] {1, 2}, new byte[] {3, 4, 5, 6});
    ProducedRecord produced = deadLetters.encode(record, DeadLetterReason.MALFORMED, "why");
    DeadLetter letter = decode(produced);

    assertThat(new String(produced.key(), StandardCharsets.UTF_8)).isEqualTo("features-3-77");
    assertThat(produced.timestamp()).isEqualTo(letter.getRejectedAt().toEpochMilli());
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.MALFORMED);
    assertThat(letter.getDetail()).isEqualTo("why");
    assertThat(letter.getTopic()).isEqualTo("features");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(77);
    assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(1_000));
    assertThat(letter.getJob()).isEqualTo("scoring");
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4, 5, 6}));
    assertThat(letter.getValueSize()).isEqualTo(4);
  }

  @Test
  void longKeysAndValuesAreCutAndTheSizeTold() throws Exception {
    DeadLetter letter =
        decode(
            deadLetters.encode(
                record(new byte[5], new byte[] {9, 8, 7, 6, 5}),
                DeadLetterReason.TOO_LARGE,
                "why"));

    assertThat(letter.getKey().remaining()).isEqualTo(MAX_BYTES);
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {9, 8, 7, 6}));
    assertThat(letter.getValueSize()).isEqualTo(5);
  }

  @Test
  void keysAndDetailsOfAnyLengthLeaveRoomForTheValue() throws Exception {
    ProducedRecord produced =
        new DeadLetters("scoring", 1 << 20)
            .encode(
                record(new byte[1 << 20], new byte[1 << 20]),
                DeadLetterReason.MALFORMED,
                "\u20ac".repeat(1 << 20));

    // The configuration keeps 64 KiB free beside the value.
    assertThat(produced.value().length + produced.key().length).isLessThan((1 << 20) + (1 << 15));
    assertThat(decode(produced).getValue().remaining()).isEqualTo(1 << 20);
  }

  @Test
  void aTombstoneWithoutAKeyHasNeither() throws Exception {
    DeadLetter letter =
        decode(deadLetters.encode(record(null, null), DeadLetterReason.TOMBSTONE, "why"));

    assertThat(letter.getKey()).isNull();
    assertThat(letter.getValue()).isNull();
    assertThat(letter.getValueSize()).isEqualTo(-1);
  }

  @Test
  void anEmptyValueIsNotATombstone() throws Exception {
    DeadLetter letter =
        decode(
            deadLetters.encode(record(new byte[0], new byte[0]), DeadLetterReason.NOT_AVRO, "why"));

    assertThat(letter.getValue()).isEqualTo(ByteBuffer.allocate(0));
    assertThat(letter.getValueSize()).isZero();
  }

  @Test
  void partsOfARecordHaveKeysOfTheirOwn() {
    ConsumedRecord record = record(null, new byte[1]);
    assertThat(
            IntStream.range(0, 3)
                .mapToObj(
                    part -> deadLetters.encode(record, part, DeadLetterReason.NOT_REPRODUCED, ""))
                .map(letter -> new String(letter.key(), StandardCharsets.UTF_8)))
        .containsExactly("features-3-77", "features-3-77/1", "features-3-77/2");
  }

  private static ConsumedRecord record(byte[] key, byte[] value) {
    return new ConsumedRecord("features", 3, 77, 1_000, key, value);
  }

  private static DeadLetter decode(ProducedRecord record) throws Exception {
    return SingleObjects.decode(DeadLetter.getDecoder(), record.value());
  }
}
