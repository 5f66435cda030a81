package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.ShadowPrediction;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchScorerTest {

  private static final int CLASSES = 3;
  private static final long NOW = 1_234;

  private final FeatureDecoder decoder = FeatureRecords.decoder();
  private final MicroBatch batch = new MicroBatch(4, CLASSES);
  private final BatchScorer scorer = new BatchScorer(KernelChoice.SCALAR, CLASSES);
  private final RecordedOutput output = new RecordedOutput();
  private ServingModel model;

  @BeforeEach
  void load() throws Exception {
    model = TestingModelLoading.serving(TestingModels.square("m", 12, CLASSES), ModelRole.CHAMPION);
  }

  @Test
  void everyRecordGetsThePredictionOfItsRowInOrder() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 10, 0.1f, 0.2f, 0.7f)), 0, decoder);
    batch.add(FeatureRecords.run(FeatureRecords.record("b", 20, 0.6f, 0.4f, 0f)), 0, decoder);
    scorer.serve(List.of(model));
    score();

    assertThat(output.rejected).isEmpty();
    assertThat(output.produced).hasSize(2);
    assertThat(output.produced.get(0).key()).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
    assertThat(output.produced.get(0).timestamp()).as("the Kafka timestamp").isEqualTo(17);
    Prediction first = prediction(0);
    assertThat(first.getRecordId()).isEqualTo("a");
    assertThat(first.getTime().toEpochMilli()).isEqualTo(10);
    assertThat(first.getScoredAt().toEpochMilli()).isEqualTo(NOW);
    assertThat(first.getModelVersion()).isEqualTo(12);
    assertThat(first.getRole()).isEqualTo(ModelRole.CHAMPION);
    assertThat(first.getLabel()).isEqualTo(2);
    assertThat(first.getLabelName()).isEqualTo("class-2");
    assertThat(first.getConfidence()).isEqualTo(0.7f);
    assertThat(first.getLogits()).containsExactly(0.1f, 0.2f, 0.7f);
    assertThat(prediction(1).getRecordId()).isEqualTo("b");
    assertThat(prediction(1).getLabel()).isZero();
  }

  @Test
  void ofEqualLogitsTheSmallestIndexIsPredicted() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 10, 0.2f, 0.4f, 0.4f)), 0, decoder);
    scorer.serve(List.of(model));
    score();

    assertThat(prediction(0).getLabel()).isEqualTo(1);
  }

  @Test
  void aFeatureThatIsNotFiniteRejectsItsRecordAlone() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 1, 0.5f, 0.25f, 0.25f)), 0, decoder);
    batch.add(
        FeatureRecords.run(FeatureRecords.record("b", 2, 0.5f, Float.NaN, Float.NaN)), 0, decoder);
    batch.add(
        FeatureRecords.run(FeatureRecords.record("c", 3, 0, 0, Float.NEGATIVE_INFINITY)),
        0,
        decoder);
    batch.add(FeatureRecords.run(FeatureRecords.record("d", 4, 0.25f, 0.5f, 0.25f)), 0, decoder);
    scorer.serve(List.of(model));
    score();

    assertThat(output.rejected)
        .containsExactly(
            "features-0@2 NON_FINITE_FEATURE: feature 1 is NaN, expected a finite number",
            "features-0@3 NON_FINITE_FEATURE: feature 2 is -Infinity, expected a finite number");
    assertThat(output.produced).hasSize(2);
    assertThat(prediction(0).getRecordId()).isEqualTo("a");
    assertThat(prediction(1).getRecordId()).isEqualTo("d");
    assertThat(prediction(1).getLabel()).isEqualTo(1);
  }

  @Test
  void aValueOfASparseRecordThatIsNotFiniteIsNamedByItsFeature() throws Exception {
    batch.add(
        FeatureRecords.run(FeatureRecords.sparseRecord("a", 1, List.of(1), 0.5f)), 0, decoder);
    batch.add(
        FeatureRecords.run(FeatureRecords.sparseRecord("b", 2, List.of(0, 2), 0.5f, Float.NaN)),
        0,
        decoder);
    batch.add(FeatureRecords.run(FeatureRecords.sparseRecord("c", 3, List.of())), 0, decoder);
    scorer.serve(List.of(model));
    score();

    assertThat(output.rejected)
        .containsExactly(
            "features-0@2 NON_FINITE_FEATURE: feature 2 is NaN, expected a finite number");
    assertThat(prediction(0).getLogits()).containsExactly(0f, 0.5f, 0f);
    assertThat(prediction(1).getLogits()).containsExactly(0f, 0f, 0f);
  }

  @Test
  void finiteFeaturesWhoseLogitsOverflowAreRejected() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 1, 1, Float.MAX_VALUE, 1)), 0, decoder);
    batch.add(FeatureRecords.run(FeatureRecords.record("b", 2, 0.5f, 0.25f, 0.25f)), 0, decoder);
    scorer.serve(List.of(model));
    score();

    assertThat(output.rejected)
        .containsExactly(
            "features-0@1 LOGIT_OVERFLOW: the logit of class 1 exceeds what a float32 can hold");
    assertThat(output.produced).hasSize(1);
    assertThat(prediction(0).getRecordId()).isEqualTo("b");
  }

  @Test
  void whatAnEarlierBatchLeftInTheArenaRejectsNothing() throws Exception {
    for (String id : new String[] {"a", "b", "c"}) {
      batch.add(FeatureRecords.run(FeatureRecords.record(id, 1, Float.NaN, 0, 0)), 0, decoder);
    }
    scorer.serve(List.of(model));
    score();
    assertThat(output.rejected).hasSize(3);
    batch.clear();
    batch.add(FeatureRecords.run(FeatureRecords.record("d", 2, 1, 0, 0)), 0, decoder);
    scorer.serve(List.of(model));
    score();

    assertThat(output.rejected).hasSize(3);
    assertThat(output.produced).hasSize(1);
  }

  @Test
  void challengersAreShadowsInTheOrderInWhichTheyServe() throws Exception {
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 10, 0.1f, 0.2f, 0.7f)), 0, decoder);
    batch.add(FeatureRecords.run(FeatureRecords.record("b", 20, 0.6f, 0.4f, 0f)), 0, decoder);
    scorer.serve(List.of(model, challenger(14, 1), challenger(13, 2)));
    score();

    assertThat(output.produced).hasSize(2);
    assertThat(output.notShadowed).isZero();
    assertThat(prediction(0).getModelVersion()).isEqualTo(12);
    assertThat(prediction(0).getLogits()).containsExactly(0.1f, 0.2f, 0.7f);
    assertThat(prediction(0).getShadows())
        .extracting(
            ShadowPrediction::getModelVersion,
            ShadowPrediction::getRole,
            ShadowPrediction::getLabel,
            ShadowPrediction::getLogits)
        .containsExactly(
            tuple(14L, ModelRole.CHALLENGER, 2, List.of(0.1f, 0.2f, 0.7f)),
            tuple(13L, ModelRole.CHALLENGER, 2, List.of(0.2f, 0.4f, 1.4f)));
    assertThat(prediction(1).getShadows())
        .extracting(ShadowPrediction::getLabel)
        .containsExactly(0, 0);
  }

  @Test
  void aChallengerWhoseLogitsOverflowIsLeftOutOfThatRowAlone() throws Exception {
    float large = 0.8f * TestingClassifier.LIMIT;
    batch.add(FeatureRecords.run(FeatureRecords.record("a", 1, 1, large, 1)), 0, decoder);
    batch.add(FeatureRecords.run(FeatureRecords.record("b", 2, 0.5f, 0.25f, 0.25f)), 0, decoder);
    batch.add(FeatureRecords.run(FeatureRecords.record("c", 3, Float.NaN, 0, 0)), 0, decoder);
    scorer.serve(List.of(model, challenger(13, 2), challenger(14, 1)));
    score();

    assertThat(output.rejected)
        .as("of the champion alone")
        .containsExactly(
            "features-0@3 NON_FINITE_FEATURE: feature 0 is NaN, expected a finite number");
    assertThat(output.produced).hasSize(2);
    assertThat(prediction(0).getRecordId()).isEqualTo("a");
    assertThat(prediction(0).getLogits()).containsExactly(1f, large, 1f);
    assertThat(prediction(0).getShadows())
        .extracting(ShadowPrediction::getModelVersion)
        .containsExactly(14L);
    assertThat(prediction(1).getShadows())
        .extracting(ShadowPrediction::getModelVersion)
        .containsExactly(13L, 14L);
    assertThat(output.notShadowed)
        .as("what no model could score is no matter of challengers")
        .isEqualTo(1);
  }

  private static ServingModel challenger(long version, float factor) throws Exception {
    return TestingModelLoading.serving(
        TestingModels.square("m", version, CLASSES), ModelRole.CHALLENGER, factor);
  }

  private void score() {
    scorer.classify(batch);
    scorer.write(batch, NOW, output);
  }

  private Prediction prediction(int index) throws IOException {
    byte[] bare = output.produced.get(index).value();
    byte[] framed =
        ByteBuffer.allocate(10 + bare.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) 0x01C3)
            .putLong(SchemaNormalization.parsingFingerprint64(Prediction.getClassSchema()))
            .put(bare)
            .array();
    return SingleObjects.decode(Prediction.getDecoder(), framed);
  }

  /** Keeps what comes out. */
  private static final class RecordedOutput implements BatchScorer.Output {
    private final List<ProducedRecord> produced = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private int notShadowed;

    @Override
    public void prediction(ProducedRecord prediction) {
      produced.add(prediction);
    }

    @Override
    public void rejected(ConsumedRecord record, BadRecordException reason) {
      rejected.add(record.place() + " " + reason.reason() + ": " + reason.getMessage());
    }

    @Override
    public void notShadowed(int challengers) {
      notShadowed += challengers;
    }
  }
}
