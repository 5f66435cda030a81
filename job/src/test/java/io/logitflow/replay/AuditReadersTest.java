package io.logitflow.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logitflow.config.WireFormat;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.ShadowPrediction;
import io.logitflow.schema.SingleObjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What an audit makes of the bytes of a prediction. */
class AuditReadersTest {

  private static Prediction.Builder prediction(String model) {
    return Prediction.newBuilder()
        .setRecordId("a")
        .setTime(Instant.EPOCH)
        .setScoredAt(Instant.EPOCH)
        .setModel(model)
        .setModelVersion(3)
        .setRole(ModelRole.CHAMPION)
        .setCalibrationVersion(2)
        .setWeightsChecksum(new Sha256(new byte[32]))
        .setLabel(1)
        .setLabelName("b")
        .setConfidence(0.75f)
        .setProbabilities(List.of(0.25f, 0.75f))
        .setShadows(List.of(shadow(5), shadow(4)));
  }

  private static ShadowPrediction shadow(long version) {
    return ShadowPrediction.newBuilder()
        .setModelVersion(version)
        .setRole(ModelRole.CHALLENGER)
        .setCalibrationVersion(1)
        .setWeightsChecksum(new Sha256(new byte[32]))
        .setLabel(0)
        .setConfidence(0.5f)
        .setProbabilities(List.of(0.5f, 0.5f))
        .build();
  }

  private static AuditInput read(Prediction.Builder prediction) {
    AuditDeserializer deserializer =
        new AuditReaders(100)
            .predictions(
                "m",
                new WireFormats(Optional.empty())
                    .decoder(WireFormat.SINGLE_OBJECT, Prediction.class, 1 << 16));
    deserializer.open(null);
    List<AuditInput> out = new ArrayList<>();
    deserializer.deserialize(
        new ConsumerRecord<>(
            "topic", 1, 7, null, SingleObjects.encode(Prediction.getEncoder(), prediction.build())),
        new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }

  @Test
  void shadowsAreAuditedAsThePredictionIs() {
    LoggedRecord logged = read(prediction("m")).event().logged();

    assertThat(logged.record().place()).isEqualTo("topic-1@7");
    assertThat(logged.predictions())
        .extracting(
            LoggedPrediction::modelVersion,
            LoggedPrediction::challenger,
            predicted -> predicted.output().calibrationVersion(),
            predicted -> predicted.output().label(),
            predicted -> predicted.output().labelName(),
            predicted -> predicted.output().confidence())
        .containsExactly(
            tuple(3L, false, 2, 1, "b", 0.75f),
            tuple(5L, true, 1, 0, null, 0.5f),
            tuple(4L, true, 1, 0, null, 0.5f));
    assertThat(logged.predictions().get(2).output().probabilities()).containsExactly(0.5f, 0.5f);
  }

  /** Releases before wrote a challenger's prediction as a record of its own. */
  @Test
  void aRecordOfAChallengerAloneIsAudited() {
    LoggedRecord logged =
        read(prediction("m").setRole(ModelRole.CHALLENGER).setShadows(List.of())).event().logged();

    assertThat(logged.predictions())
        .extracting(LoggedPrediction::modelVersion, LoggedPrediction::challenger)
        .containsExactly(tuple(3L, true));
  }

  @Test
  void everyPredictionOfAnotherModelIsCounted() {
    assertThat(read(prediction("other")))
        .isEqualTo(new AuditInput(null, Counts.OTHER_MODELS, 3, null));
  }
}
