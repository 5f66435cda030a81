package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Label;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Avro library writes is read back field by field. */
final class PredictionFieldsTest {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

  private final PredictionFields fields = new PredictionFields();

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "north-west"})
  void readsAPrediction(String segment) throws IOException {
    byte[] checksum = new byte[32];
    checksum[0] = 0x3f;
    checksum[31] = -1;
    Prediction prediction =
        Prediction.newBuilder()
            .setRecordId("fashion-mnist-3-9999")
            .setTime(TIME)
            .setSegment(segment)
            .setScoredAt(TIME.plusMillis(4))
            .setModel("fashion")
            .setModelVersion(12)
            .setRole(ModelRole.CHAMPION)
            .setCalibrationVersion(300)
            .setWeightsChecksum(new Sha256(checksum))
            .setLabel(9)
            .setLabelName("Ankle boot")
            .setConfidence(0.75f)
            .setProbabilities(List.of(0.25f, 0.75f))
            .setLogits(List.of(0f, 1f))
            .build();

    fields.readPrediction(SingleObjects.encode(Prediction.getEncoder(), prediction));

    assertThat(fields.id().toString()).isEqualTo("fashion-mnist-3-9999");
    assertThat(fields.time()).isEqualTo(TIME.toEpochMilli());
    assertThat(fields.modelVersion()).isEqualTo(12);
    assertThat(fields.checksum()).isEqualTo(checksum);
    assertThat(fields.label()).isEqualTo(9);
  }

  @Test
  void readsALabelThatGivesAnIndex() throws IOException {
    boolean byIndex = fields.readLabel(SingleObjects.encode(Label.getEncoder(), label(7)));

    assertThat(byIndex).isTrue();
    assertThat(fields.id().toString()).isEqualTo("digits-0-1");
    assertThat(fields.time()).isEqualTo(TIME.toEpochMilli());
    assertThat(fields.label()).isEqualTo(7);
  }

  @Test
  void saysThatALabelGivesAName() throws IOException {
    assertThat(fields.readLabel(SingleObjects.encode(Label.getEncoder(), label("Bag")))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(DeadLetterReason.class)
  void readsTheReasonOfADeadLetter(DeadLetterReason reason) throws IOException {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setReason(reason)
            .setDetail("")
            .setTopic("features")
            .setPartition(0)
            .setOffset(1)
            .setTimestamp(TIME)
            .setRejectedAt(TIME)
            .setJob("scoring")
            .build();

    assertThat(fields.readReason(SingleObjects.encode(DeadLetter.getEncoder(), letter)))
        .isEqualTo(reason);
  }

  @Test
  void refusesARecordOfAnotherSchema() {
    byte[] label = SingleObjects.encode(Label.getEncoder(), label(7));

    assertThatThrownBy(() -> fields.readPrediction(label))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Prediction");
  }

  @Test
  void refusesATombstone() {
    assertThatThrownBy(() -> fields.readPrediction(null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Prediction");
  }

  @Test
  void refusesATruncatedRecord() {
    byte[] whole = SingleObjects.encode(Label.getEncoder(), label(7));
    byte[] half = java.util.Arrays.copyOf(whole, 15);

    assertThatThrownBy(() -> fields.readLabel(half)).isInstanceOf(IOException.class);
  }

  private static Label label(Object label) {
    return Label.newBuilder().setRecordId("digits-0-1").setTime(TIME).setLabel(label).build();
  }
}
