package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logitflow.config.WireFormat;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.label.TrueLabel;
import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Label;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SchemaVersions;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.ShadowPrediction;
import io.logitflow.schema.SingleObjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the sources of the feedback job make of bytes. */
class FeedbackReadersTest {

  private static final WireFormats FORMATS = new WireFormats(Optional.empty());
  private static final FeedbackReaders READERS = new FeedbackReaders(1_000);
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);

  private static FeedbackDeserializer predictions(WireFormat format) {
    return READERS.predictions("m", FORMATS.decoder(format, Prediction.class, 1 << 16));
  }

  private static FeedbackDeserializer labels() {
    return READERS.labels(FORMATS.decoder(WireFormat.SINGLE_OBJECT, Label.class, 1 << 16));
  }

  private static List<FeedbackInput> read(FeedbackDeserializer deserializer, byte[] value) {
    deserializer.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
          }
        });
    List<FeedbackInput> out = new ArrayList<>();
    deserializer.deserialize(
        new ConsumerRecord<>("topic", 1, 7, null, value), new ListCollector<>(out));
    return out;
  }

  private static Prediction.Builder prediction() {
    return Prediction.newBuilder()
        .setRecordId("a")
        .setTime(TIME)
        .setSegment("north")
        .setScoredAt(TIME)
        .setModel("m")
        .setModelVersion(3)
        .setRole(ModelRole.CHALLENGER)
        .setCalibrationVersion(2)
        .setWeightsChecksum(new Sha256(new byte[32]))
        .setLabel(1)
        .setLabelName("b")
        .setConfidence(0.75f)
        .setProbabilities(List.of(0.25f, 0.75f))
        .setLogits(List.of(-1f, 1f));
  }

  private static ShadowPrediction.Builder shadow(long version) {
    return ShadowPrediction.newBuilder()
        .setModelVersion(version)
        .setRole(ModelRole.CHALLENGER)
        .setCalibrationVersion(1)
        .setWeightsChecksum(new Sha256(new byte[32]))
        .setLabel(0)
        .setConfidence(0.5f)
        .setProbabilities(List.of(0.5f, 0.5f))
        .setLogits(List.of(2f, 2f));
  }

  private static byte[] bytes(Prediction.Builder prediction) {
    return SingleObjects.encode(Prediction.getEncoder(), prediction.build());
  }

  private static byte[] label(String id, Instant time, Object label) {
    return SingleObjects.encode(
        Label.getEncoder(),
        Label.newBuilder().setRecordId(id).setTime(time).setLabel(label).setSource("s").build());
  }

  private static DeadLetter deadLetter(List<FeedbackInput> inputs) throws IOException {
    assertThat(inputs).hasSize(1);
    assertThat(inputs.get(0).event()).isNull();
    DeadLetter letter =
        SingleObjects.decode(DeadLetter.getDecoder(), inputs.get(0).deadLetter().value());
    assertThat(letter.getTopic() + letter.getPartition() + letter.getOffset()).isEqualTo("topic17");
    return letter;
  }

  private static DeadLetterReason reason(FeedbackDeserializer deserializer, byte[] value)
      throws IOException {
    return deadLetter(read(deserializer, value)).getReason();
  }

  @Nested
  class Usable {

    @Test
    void aPredictionKeepsWhatTheJoinNeeds() {
      assertThat(read(predictions(WireFormat.SINGLE_OBJECT), bytes(prediction())))
          .containsExactly(
              new FeedbackInput(
                  FeedbackEvent.predicted(
                      "a",
                      List.of(
                          new ServedPrediction(
                              TIME.toEpochMilli(),
                              "north",
                              3,
                              2,
                              true,
                              1,
                              new float[] {0.25f, 0.75f},
                              new float[] {-1, 1}))),
                  null));
    }

    @Test
    void shadowsComeWithThePredictionThatTheyStandIn() {
      List<FeedbackInput> inputs =
          read(
              predictions(WireFormat.SINGLE_OBJECT),
              bytes(
                  prediction()
                      .setRole(ModelRole.CHAMPION)
                      .setShadows(List.of(shadow(5).build(), shadow(4).build()))));
      assertThat(inputs)
          .extracting(FeedbackInput::event)
          .flatExtracting(FeedbackEvent::predictions)
          .extracting(
              ServedPrediction::modelVersion,
              ServedPrediction::challenger,
              ServedPrediction::calibrationVersion,
              ServedPrediction::label,
              ServedPrediction::segment,
              ServedPrediction::time)
          .containsExactly(
              tuple(3L, false, 2, 1, "north", TIME.toEpochMilli()),
              tuple(5L, true, 1, 0, "north", TIME.toEpochMilli()),
              tuple(4L, true, 1, 0, "north", TIME.toEpochMilli()));
      assertThat(inputs.get(0).event().predictions().get(1).probabilities())
          .containsExactly(0.5f, 0.5f);
      assertThat(inputs.get(0).event().predictions().get(1).logits()).containsExactly(2, 2);
    }

    @Test
    void aLabelNamesItsClassByIndexOrByName() {
      long time = TIME.toEpochMilli();
      assertThat(read(labels(), label("a", TIME, 4)))
          .extracting(input -> input.event().label())
          .containsExactly(TrueLabel.ofIndex(time, 4, "s"));
      assertThat(read(labels(), label("a", TIME, "cat")))
          .extracting(input -> input.event().label())
          .containsExactly(TrueLabel.ofName(time, "cat", "s"));
    }

    @Test
    void predictionsOfOtherModelsArePassedOver() {
      assertThat(read(predictions(WireFormat.SINGLE_OBJECT), bytes(prediction().setModel("other"))))
          .isEmpty();
    }

    @Test
    void aPredictionOfAnEarlierSchemaIsRead() throws IOException {
      Schema first = SchemaVersions.of(Prediction.getClassSchema()).get(0);
      GenericRecord record = new GenericData.Record(first);
      Prediction current = prediction().build();
      for (Schema.Field field : first.getFields()) {
        Object value = current.get(current.getSchema().getField(field.name()).pos());
        record.put(
            field.pos(),
            switch (field.name()) {
              case "time", "scoredAt" -> TIME.toEpochMilli();
              case "role" -> new GenericData.EnumSymbol(field.schema(), value.toString());
              case "weightsChecksum" -> new GenericData.Fixed(field.schema(), new byte[32]);
              default -> value;
            });
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new BinaryMessageEncoder<GenericRecord>(GenericData.get(), first).encode(record, out);
      assertThat(read(predictions(WireFormat.SINGLE_OBJECT), out.toByteArray()))
          .extracting(input -> input.event().predictions().get(0).modelVersion())
          .containsExactly(3L);
    }
  }

  @Nested
  class Unusable {

    @Test
    void whatIsNoRecordIsADeadLetterWithItsReason() throws IOException {
      byte[] whole = bytes(prediction());
      FeedbackDeserializer deserializer = predictions(WireFormat.SINGLE_OBJECT);
      assertThat(reason(deserializer, null)).isEqualTo(DeadLetterReason.TOMBSTONE);
      assertThat(reason(deserializer, new byte[3])).isEqualTo(DeadLetterReason.NOT_AVRO);
      assertThat(reason(deserializer, new byte[300])).isEqualTo(DeadLetterReason.NOT_AVRO);
      assertThat(reason(deserializer, label("a", TIME, 0)))
          .isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
      assertThat(reason(deserializer, new byte[1 << 17])).isEqualTo(DeadLetterReason.TOO_LARGE);
      for (int length = 10; length < whole.length; length++) {
        assertThat(reason(deserializer, Arrays.copyOf(whole, length)))
            .as("the first %d bytes", length)
            .isEqualTo(DeadLetterReason.MALFORMED);
      }
      assertThat(reason(deserializer, Arrays.copyOf(whole, whole.length + 1)))
          .isEqualTo(DeadLetterReason.MALFORMED);
    }

    @Test
    void aPredictionThatContradictsItselfIsADeadLetter() throws IOException {
      FeedbackDeserializer deserializer = predictions(WireFormat.SINGLE_OBJECT);
      assertThat(reason(deserializer, bytes(prediction().setLabel(2))))
          .isEqualTo(DeadLetterReason.MALFORMED);
      assertThat(reason(deserializer, bytes(prediction().setLogits(List.of(1f)))))
          .isEqualTo(DeadLetterReason.MALFORMED);
      assertThat(
              deadLetter(
                      read(
                          deserializer,
                          bytes(prediction().setShadows(List.of(shadow(5).setLabel(2).build())))))
                  .getDetail())
          .isEqualTo("shadow of version 5: label is 2, expected an index of 2 probabilities");
    }

    @Test
    void aTextThatIsMissingOrTooLongIsADeadLetter() throws IOException {
      assertThat(reason(labels(), label("", TIME, 0))).isEqualTo(DeadLetterReason.MISSING_ID);
      assertThat(reason(labels(), label("x".repeat(1_001), TIME, 0)))
          .isEqualTo(DeadLetterReason.TOO_LARGE);
      assertThat(reason(labels(), label("a", TIME, "x".repeat(1_001))))
          .isEqualTo(DeadLetterReason.TOO_LARGE);
    }

    @Test
    void aTimeFarAheadWouldDragTheWatermarkAlong() throws IOException {
      Instant ahead = Instant.ofEpochMilli(System.currentTimeMillis()).plus(Duration.ofDays(2));
      DeadLetter letter = deadLetter(read(labels(), label("a", ahead, 0)));
      assertThat(letter.getReason()).isEqualTo(DeadLetterReason.IMPLAUSIBLE_TIME);
      assertThat(letter.getDetail()).contains("more than 24 h ahead");
    }
  }
}
