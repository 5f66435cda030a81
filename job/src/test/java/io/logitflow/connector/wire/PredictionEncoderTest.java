package io.logitflow.connector.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.ShadowPrediction;
import io.logitflow.schema.SingleObjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The Avro library reads back what the encoder wrote, and would write the same bytes. */
class PredictionEncoderTest {

  private static final Random RANDOM = new Random(11);

  @Test
  void everyRecordIsByteForByteWhatTheAvroLibraryWrites() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      int classes = 1 + RANDOM.nextInt(round % 50 == 0 ? 300 : 12);
      List<String> names = IntStream.range(0, classes).mapToObj(k -> "class ü " + k).toList();
      byte[] checksum = new byte[32];
      RANDOM.nextBytes(checksum);
      long version = RANDOM.nextLong() >>> RANDOM.nextInt(64);
      ModelRole role = RANDOM.nextBoolean() ? ModelRole.CHAMPION : ModelRole.CHALLENGER;
      int calibration = RANDOM.nextInt(5);
      String id = "id-" + "x".repeat(RANDOM.nextInt(200)) + round;
      String segment = RANDOM.nextBoolean() ? null : "s".repeat(RANDOM.nextInt(100));
      long time = RANDOM.nextLong() >> RANDOM.nextInt(64);
      long scoredAt = RANDOM.nextInt(2_000_000_000) * 1_000L;
      float[] probabilities = floats(3 * classes);
      float[] logits = floats(3 * classes);
      int label = RANDOM.nextInt(classes);

      OptionalDouble threshold =
          RANDOM.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(RANDOM.nextDouble());

      PredictionEncoder encoder =
          new PredictionEncoder(
              SingleObject.header(Prediction.getClassSchema()),
              new PredictionEncoder.ModelFields("m.1", version, role, calibration, checksum),
              names,
              threshold);
      FeatureRow row = row(id, time, segment);
      GeneratedShadows shadows = new GeneratedShadows(classes, RANDOM.nextInt(5), threshold);
      byte[] earlier =
          encoder.encode(row, scoredAt - 1, label, probabilities, logits, classes, shadows, 1);
      byte[] encoded =
          encoder.encode(row, scoredAt, label, probabilities, logits, classes, shadows, 1);
      assertThat(encoder.encode(row, scoredAt, label, probabilities, logits, classes, shadows, 1))
          .isEqualTo(encoded)
          .isNotEqualTo(earlier);

      Prediction expected = new Prediction();
      expected.setRecordId(id);
      expected.setTime(Instant.ofEpochMilli(time));
      expected.setSegment(segment);
      expected.setScoredAt(Instant.ofEpochMilli(scoredAt));
      expected.setModel("m.1");
      expected.setModelVersion(version);
      expected.setRole(role);
      expected.setCalibrationVersion(calibration);
      expected.setWeightsChecksum(new Sha256(checksum));
      expected.setLabel(label);
      expected.setLabelName(names.get(label));
      expected.setConfidence(probabilities[classes + label]);
      expected.setProbabilities(list(probabilities, classes));
      expected.setLogits(list(logits, classes));
      expected.setLabels(labels(probabilities, classes, threshold));
      expected.setShadows(shadows.expected);
      assertThat(encoded).isEqualTo(SingleObjects.encode(Prediction.getEncoder(), expected));
      assertThat(SingleObjects.decode(Prediction.getDecoder(), encoded)).isEqualTo(expected);
    }
  }

  /** Shadows of the second of three rows: 0 to 4, of versions of their own. */
  private static final class GeneratedShadows implements PredictionEncoder.Shadows {
    private final int classes;
    private final List<PredictionEncoder> encoders = new ArrayList<>();
    private final List<float[]> probabilities = new ArrayList<>();
    private final List<float[]> logits = new ArrayList<>();
    private final List<ShadowPrediction> expected = new ArrayList<>();

    GeneratedShadows(int classes, int count, OptionalDouble threshold) {
      this.classes = classes;
      for (int i = 0; i < count; i++) {
        byte[] checksum = new byte[32];
        RANDOM.nextBytes(checksum);
        long version = RANDOM.nextLong() >>> RANDOM.nextInt(64);
        int calibration = RANDOM.nextInt(200);
        int label = RANDOM.nextInt(classes);
        float[] mine = floats(3 * classes);
        float[] before = floats(3 * classes);
        encoders.add(
            new PredictionEncoder(
                new byte[] {1},
                new PredictionEncoder.ModelFields(
                    "m.1", version, ModelRole.CHALLENGER, calibration, checksum),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                threshold));
        probabilities.add(mine);
        logits.add(before);
        ShadowPrediction shadow = new ShadowPrediction();
        shadow.setModelVersion(version);
        shadow.setRole(ModelRole.CHALLENGER);
        shadow.setCalibrationVersion(calibration);
        shadow.setWeightsChecksum(new Sha256(checksum));
        shadow.setLabel(label);
        shadow.setConfidence(mine[classes + label]);
        shadow.setProbabilities(list(mine, classes));
        shadow.setLogits(list(before, classes));
        shadow.setLabels(labels(mine, classes, threshold));
        expected.add(shadow);
      }
    }

    @Override
    public int count(int row) {
      return encoders.size();
    }

    @Override
    public int size(int row) {
      int size = 0;
      for (int i = 0; i < encoders.size(); i++) {
        size +=
            encoders
                .get(i)
                .shadowSize(expected.get(i).getLabel(), probabilities.get(i), row * classes);
      }
      return size;
    }

    @Override
    public int put(int row, byte[] out, int start) {
      int to = start;
      for (int i = 0; i < encoders.size(); i++) {
        to =
            encoders
                .get(i)
                .putShadow(
                    expected.get(i).getLabel(),
                    probabilities.get(i),
                    logits.get(i),
                    row * classes,
                    out,
                    to);
      }
      return to;
    }
  }

  private static List<Integer> labels(
      float[] probabilities, int classes, OptionalDouble threshold) {
    return IntStream.range(0, classes)
        .filter(k -> probabilities[classes + k] >= (float) threshold.orElse(10))
        .boxed()
        .toList();
  }

  private static float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) RANDOM.nextGaussian();
    }
    return values;
  }

  private static List<Float> list(float[] values, int classes) {
    List<Float> list = new ArrayList<>();
    for (float value : Arrays.copyOfRange(values, classes, 2 * classes)) {
      list.add(value);
    }
    return list;
  }

  private static FeatureRow row(String id, long time, String segment) throws BadRecordException {
    byte[] bytes =
        SingleObjects.encode(
            FeatureRecord.getEncoder(),
            FeatureRecord.newBuilder()
                .setId(id)
                .setTime(Instant.ofEpochMilli(time))
                .setSegment(segment)
                .setFeatures(List.of())
                .build());
    FeatureRow row = new FeatureRow(new FeatureArena(1, 0, FeatureArena.Form.EITHER), 0);
    new FeatureDecoder(
            WriterSchemas.singleObject(List.of(FeatureRecord.getClassSchema())),
            new FeatureFields("id", "time", "segment", "features", "indices"),
            1 << 20)
        .decode(bytes, 0, bytes.length, row);
    return row;
  }
}
