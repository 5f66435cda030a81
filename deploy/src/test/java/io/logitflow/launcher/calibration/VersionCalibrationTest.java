package io.logitflow.launcher.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.schema.ModelRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionCalibrationTest {

  @Test
  void windowsOfAVersionMergeByItsCalibrationAndRole() throws Exception {
    List<VersionCalibration> versions =
        VersionCalibration.each(
            List.of(
                window(2, 0, ModelRole.CHALLENGER, 0, true, 3),
                window(1, 0, ModelRole.CHAMPION, 0, true, 3),
                window(2, 0, ModelRole.CHAMPION, 1, true, 3),
                window(2, 0, ModelRole.CHAMPION, 2, false, 3)));

    assertThat(versions)
        .extracting(VersionCalibration::key)
        .containsExactly(
            new VersionCalibration.Key(1, 0, ModelRole.CHAMPION),
            new VersionCalibration.Key(2, 0, ModelRole.CHAMPION),
            new VersionCalibration.Key(2, 0, ModelRole.CHALLENGER));
    assertThat(versions.get(1).merged().labelled()).isEqualTo(2);
    assertThat(versions.get(1).incomplete()).isOne();
    assertThat(versions.get(1).end()).isEqualTo(TestingCalibrationTopic.start(3));
  }

  @Test
  void windowsOfDifferentNumbersOfClassesAreRefused() {
    assertThatThrownBy(
            () ->
                VersionCalibration.of(
                    List.of(
                        window(1, 0, ModelRole.CHAMPION, 0, true, 3),
                        window(1, 0, ModelRole.CHAMPION, 1, true, 4))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 1 has windows of 3 and of 4 classes");
  }

  @Test
  void partsAreMergedFromConsecutiveWindowsOfOneKind() throws Exception {
    List<CalibrationWindow> windows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      windows.add(window(1, 0, ModelRole.CHAMPION, i, i < 9, 3));
    }

    List<VersionCalibration> parts = VersionCalibration.of(windows).parts(5);

    assertThat(parts).hasSize(6);
    assertThat(parts)
        .extracting(part -> part.merged().labelled())
        .containsExactly(2L, 2L, 2L, 2L, 1L, 1L);
    assertThat(parts.get(5).incomplete()).isOne();
  }

  private static CalibrationWindow window(
      long version, int calibration, ModelRole role, int index, boolean complete, int classes) {
    float[] probabilities = new float[classes];
    probabilities[0] = 1;
    CalibrationStatistics statistics = new CalibrationStatistics(classes);
    ServedDistribution served = new ServedDistribution(0, probabilities, new float[0], true, 1);
    statistics.addPrediction(served);
    statistics.addOutcome(served, 0, 1);
    return new CalibrationWindow(
        version,
        calibration,
        role,
        TestingCalibrationTopic.start(index),
        TestingCalibrationTopic.start(index + 1),
        complete,
        statistics,
        LabelCounts.NONE);
  }
}
