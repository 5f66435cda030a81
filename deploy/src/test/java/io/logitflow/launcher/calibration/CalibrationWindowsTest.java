package io.logitflow.launcher.calibration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Firing;
import io.logitflow.schema.SingleObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalibrationWindowsTest {

  private static final CalibrationStatistics NOTHING = new CalibrationStatistics(3);

  private final CalibrationWindows windows = new CalibrationWindows("m", "");

  @Test
  void theLastRecordOfAKeyCounts() throws Exception {
    add("a", TestingCalibrationTopic.record("m", 1, 0, NOTHING).setFiring(Firing.EARLY));
    add("a", TestingCalibrationTopic.record("m", 1, 0, NOTHING).setExpired(5));

    assertThat(windows.in(TimeRange.ALL))
        .singleElement()
        .satisfies(window -> assertThat(window.complete()).isTrue())
        .satisfies(window -> assertThat(window.labels().expired()).isEqualTo(5));
  }

  @Test
  void aRecordWithoutAValueTakesItsWindowAway() throws Exception {
    add("a", TestingCalibrationTopic.record("m", 1, 0, NOTHING));
    add("b", TestingCalibrationTopic.record("m", 1, 1, NOTHING));
    windows.add("t-0@2", "a".getBytes(UTF_8), null);

    assertThat(windows.in(TimeRange.ALL))
        .extracting(CalibrationWindow::start)
        .containsExactly(TestingCalibrationTopic.start(1));
  }

  @Test
  void otherModelsAndSegmentsAreLeftOut() throws Exception {
    add("a", TestingCalibrationTopic.record("m", 1, 0, NOTHING));
    add("b", TestingCalibrationTopic.record("n", 1, 1, NOTHING));
    add("c", TestingCalibrationTopic.record("m", 1, 2, NOTHING).setSegment("s"));

    assertThat(windows.in(TimeRange.ALL)).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsAProblemUntilItsKeyIsWrittenAgain() {
    windows.add("t-0@7", "a".getBytes(UTF_8), new byte[] {1, 2});
    windows.add("t-0@8", null, new byte[0]);
    add(
        "b",
        TestingCalibrationTopic.record("m", 1, 0, NOTHING)
            .setWindowEnd(TestingCalibrationTopic.START));
    assertThat(windows.problems())
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).startsWith("t-0@7: "))
        .anySatisfy(problem -> assertThat(problem).isEqualTo("t-0@8: the record has no key"))
        .anySatisfy(problem -> assertThat(problem).contains("expected an end after its start"));

    add("a", TestingCalibrationTopic.record("m", 1, 0, NOTHING));
    assertThat(windows.problems()).hasSize(2);
  }

  @Test
  void theLastTimeIsThatBeforeTheNewestWindow() throws Exception {
    for (int window = 0; window < 10; window++) {
      add("w" + window, TestingCalibrationTopic.record("m", 1, window, NOTHING));
    }
    TimeRange last =
        new TimeRange(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMinutes(3)));
    TimeRange between =
        new TimeRange(
            Optional.of(TestingCalibrationTopic.start(2)),
            Optional.of(TestingCalibrationTopic.start(4)),
            Optional.empty());
    TimeRange later =
        new TimeRange(
            Optional.of(Instant.parse("2027-01-01T00:00:00Z")), Optional.empty(), Optional.empty());

    assertThat(windows.in(last))
        .extracting(CalibrationWindow::start)
        .containsExactly(
            TestingCalibrationTopic.start(7),
            TestingCalibrationTopic.start(8),
            TestingCalibrationTopic.start(9));
    assertThat(windows.in(between)).hasSize(2);
    assertThatThrownBy(() -> windows.in(later))
        .isInstanceOf(NoWindowsException.class)
        .hasMessage(
            "model 'm' has no window from 2027-01-01T00:00:00Z on; its windows are from"
                + " 2026-01-31T09:00:00Z to 2026-01-31T09:10:00Z");
  }

  private void add(String key, CalibrationRecord.Builder record) {
    windows.add(
        "t-0@1",
        key.getBytes(UTF_8),
        SingleObjects.encode(CalibrationRecord.getEncoder(), record.build()));
  }
}
