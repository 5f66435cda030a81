package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;

/** What must hold of the predictions that readers see. */
final class Served {

  private static final double ABSOLUTE = 1e-6;
  private static final double RELATIVE = 1e-5;

  private Served() {}

  /**
   * Each shadow of the predictions as a prediction of its own, with what it shares with its own.
   */
  static List<Prediction> shadows(List<Prediction> predictions) {
    return predictions.stream()
        .flatMap(
            prediction ->
                prediction.getShadows().stream()
                    .map(
                        shadow ->
                            Prediction.newBuilder(prediction)
                                .setModelVersion(shadow.getModelVersion())
                                .setRole(shadow.getRole())
                                .setCalibrationVersion(shadow.getCalibrationVersion())
                                .setWeightsChecksum(shadow.getWeightsChecksum())
                                .setLabel(shadow.getLabel())
                                .setConfidence(shadow.getConfidence())
                                .setProbabilities(shadow.getProbabilities())
                                .setLogits(shadow.getLogits())
                                .setLabels(shadow.getLabels())
                                .setShadows(List.of())
                                .build()))
        .toList();
  }

  /** Each of the records 0 ... {@code records - 1} has one prediction, and there are no others. */
  static void eachOnce(List<Prediction> predictions, long records) {
    int[] times = new int[Math.toIntExact(records)];
    for (Prediction prediction : predictions) {
      times[Math.toIntExact(TestRecords.number(prediction.getRecordId()))]++;
    }
    assertThat(numbers(times, count -> count == 0)).as("lost of %d", records).isEmpty();
    assertThat(numbers(times, count -> count > 1)).as("doubled of %d", records).isEmpty();
  }

  /** Up to ten of the records whose predictions came so many times. */
  private static List<Long> numbers(int[] times, IntPredicate count) {
    return LongStream.range(0, times.length)
        .filter(record -> count.test(times[(int) record]))
        .limit(10)
        .boxed()
        .toList();
  }

  /**
   * Label, probabilities and checksum of each prediction are those of the version that it names.
   */
  static void asTheVersionNamed(List<Prediction> predictions, ModelRole role, TestModel... models) {
    Map<Long, TestModel> byVersion = new HashMap<>();
    Map<Long, byte[]> checksums = new HashMap<>();
    for (TestModel model : models) {
      byVersion.put(model.version(), model);
      checksums.put(model.version(), model.model().weightsChecksum());
    }
    for (Prediction prediction : predictions) {
      long record = TestRecords.number(prediction.getRecordId());
      TestModel model = byVersion.get(prediction.getModelVersion());
      assertThat(model).as("version %d", prediction.getModelVersion()).isNotNull();
      assertThat(prediction.getRole()).isEqualTo(role);
      assertThat(prediction.getWeightsChecksum().bytes()).isEqualTo(checksums.get(model.version()));
      assertThat(prediction.getLabel()).isEqualTo(model.label(record));
      assertThat(prediction.getTime()).isEqualTo(TestRecords.time(record));
      double[] expected = model.probabilities(TestRecords.features(record));
      for (int label = 0; label < TestModel.CLASSES; label++) {
        assertThat((double) prediction.getProbabilities().get(label))
            .isCloseTo(expected[label], within(ABSOLUTE + RELATIVE * expected[label]));
      }
    }
  }
}
