package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logitflow.config.FeatureFormat;
import io.logitflow.config.WireFormat;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.SingleObjects;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records of any number of features, before anybody knows a model. */
class TrainingReadersTest {

  private final FeatureDecoder decoder =
      new WireFormats(Optional.empty())
          .decoder(
              new FeatureFormat(
                  WireFormat.SINGLE_OBJECT,
                  List.of(),
                  "id",
                  "time",
                  "segment",
                  "features",
                  "indices",
                  1 << 20))
          .get();

  private final FeatureArena arena = new FeatureArena(1, 1 << 20, FeatureArena.Form.ANY_NUMBER);

  private float[] decode(List<Float> features, List<Integer> indices) throws BadRecordException {
    byte[] bytes =
        SingleObjects.encode(
            FeatureRecord.getEncoder(),
            FeatureRecord.newBuilder()
                .setId("x")
                .setTime(Instant.EPOCH)
                .setFeatures(features)
                .setIndices(indices)
                .build());
    decoder.decode(bytes, 0, bytes.length, new FeatureRow(arena, 0));
    return Arrays.copyOf(arena.values(), arena.starts()[1]);
  }

  @Test
  void takesAsManyFeaturesAsARecordHas() throws BadRecordException {
    assertThat(decode(List.of(1f, 0f, -3f), null)).containsExactly(1f, 0f, -3f);
    assertThat(decode(List.of(0f, 2f), null)).containsExactly(0f, 2f);
    assertThat(decode(List.of(5f, 6f, 7f, 8f), null)).containsExactly(5f, 6f, 7f, 8f);
    assertThat(decode(List.of(1f, Float.NaN), null)).hasSize(2);
    assertThat(arena.firstNotFinite(0)).isEqualTo(1);
  }

  @Test
  void sparseRecordsAreRefused() {
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> decode(List.of(1f), List.of(7)))
        .withMessageContaining("only dense records can be used here")
        .extracting(BadRecordException::reason)
        .isEqualTo(DeadLetterReason.INVALID_INDICES);
  }

  @Test
  void recordsWithoutFeaturesAreRefused() {
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> decode(List.of(), null))
        .extracting(BadRecordException::reason)
        .isEqualTo(DeadLetterReason.MISSING_FEATURES);
  }
}
