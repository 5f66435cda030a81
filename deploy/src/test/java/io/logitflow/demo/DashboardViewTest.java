package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.console.Glyphs;
import io.logitflow.demo.DemoSnapshot.Addresses;
import io.logitflow.demo.DemoSnapshot.Input;
import io.logitflow.demo.DemoSnapshot.Phase;
import io.logitflow.demo.DemoSnapshot.Rates;
import io.logitflow.demo.OutputObservation.ServedModel;
import io.logitflow.schema.DeadLetterReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DashboardViewTest {
  private static final Addresses ADDRESSES =
      new Addresses(
          "127.0.0.1:23456",
          "http://127.0.0.1:34567",
          "/tmp/logitflow-demo-1/logitflow.log",
          "./logitflow calibration --bootstrap-servers 127.0.0.1:23456 --model digits");

  @Test
  void thePageOfARunShowsEverything() {
    assertThat(String.join("\n", new DashboardView(Glyphs.UNICODE).page(running())))
        .isEqualTo(
            """
            Logitflow demo · fashion-mnist · fashion-sgd · at-least-once · parallelism 2
            00:23 of 01:00   Ctrl-C stops

              records in        5,001/s                     ▄██        117,004   lag 2 ms
              scored            4,999/s                      ▁█        115,750   backlog 51
              micro-batch   9.8 records
              latency       p50 3 ms, p99 9 ms in the last 5 s
              accuracy      83.31 % of 110,000 labelled, 84.00 % in the last 5 s
              model         version 1, weights 3fa4c2d1
              dead letters  1,203 (malformed 1,200, wrong_feature_count 3)

              broker 127.0.0.1:23456   web UI http://127.0.0.1:34567
              log /tmp/logitflow-demo-1/logitflow.log\
            """);
  }

  @Test
  void thePageBeforeTheFirstPredictionHasDashesForWhatIsUnknown() {
    assertThat(String.join("\n", new DashboardView(Glyphs.ASCII).page(starting())))
        .isEqualTo(
            """
            Logitflow demo - digits - digits-sgd - exactly-once - parallelism 1
            00:00 of 1:30:00   scoring what is left

              records in            0/s                                      0   lag 0 ms
              scored                0/s                                      0   backlog 0
              micro-batch   - records
              latency       p50 -, p99 - in the last 5 s
              accuracy      - of 0 labelled, - in the last 5 s
              model         none yet
              dead letters  0

              broker 127.0.0.1:23456   web UI http://127.0.0.1:34567
              log /tmp/logitflow-demo-1/logitflow.log\
            """);
  }

  @Test
  void withFeedbackThePageHasTheVersionsAndWhatChanged() {
    DashboardView view = new DashboardView(Glyphs.ASCII);
    List<String> without = view.page(running());
    List<String> page = view.page(running(TestingCalibration.recalibrated()));

    assertThat(page.subList(0, without.size() - 3)).isEqualTo(without.subList(0, 10));
    assertThat(String.join("\n", page.subList(10, page.size())))
        .isEqualTo(
            """

              VERSION  LABELLED   ACCURACY % [95%]  SAYS %     ECE  IF CALIBRATED     NLL
                    1       200  50.0 [38.3, 61.7]    75.0  0.2500         0.0244  0.8370
                    2         0                  -       -       -              -       -
              00:14 version 2 is champion: temperature 0.108 instead of 1, held-out NLL 0.6232 instead of 1.5903

              broker 127.0.0.1:23456   web UI http://127.0.0.1:34567
              log /tmp/logitflow-demo-1/logitflow.log
              more: ./logitflow calibration --bootstrap-servers 127.0.0.1:23456 --model digits\
            """);
  }

  @Test
  void theDiagramIsThatOfTheNewestVersionWithLabels() {
    DashboardView view = new DashboardView(Glyphs.ASCII);
    DemoSnapshot snapshot = running(TestingCalibration.recalibrated());
    List<String> page = view.pageWithDiagram(snapshot);

    assertThat(page).containsAll(view.page(snapshot));
    assertThat(page).filteredOn(line -> line.contains("75.0   50.0")).hasSize(1);
    assertThat(view.pageWithDiagram(running())).isEqualTo(view.page(running()));
  }

  @Test
  void withFeedbackTheLineHasTheErrorOfTheNewestVersionWithLabels() {
    assertThat(new DashboardView(Glyphs.ASCII).line(running(TestingCalibration.recalibrated())))
        .contains("  accuracy 83.31 %, 84.00 % in the last 5 s  ECE 0.2500  dead letters ");
  }

  @Test
  void theLineOfARunHoldsTheNumbers() {
    assertThat(new DashboardView(Glyphs.ASCII).line(running()))
        .isEqualTo(
            "00:23  in 5,001/s  scored 4,999/s  backlog 51  micro-batch 9.8  p50 3 ms  p99 9 ms "
                + " accuracy 83.31 %, 84.00 % in the last 5 s  dead letters 1,203 (malformed 1,200,"
                + " wrong_feature_count 3)");
  }

  private static DemoSnapshot running() {
    return running(Optional.empty());
  }

  private static DemoSnapshot running(CalibrationObservation calibration) {
    return running(Optional.of(calibration));
  }

  private static DemoSnapshot running(Optional<CalibrationObservation> calibration) {
    Map<DeadLetterReason, Long> deadLetters = new EnumMap<>(DeadLetterReason.class);
    deadLetters.put(DeadLetterReason.WRONG_FEATURE_COUNT, 3L);
    deadLetters.put(DeadLetterReason.MALFORMED, 1_200L);
    return new DemoSnapshot(
        "fashion-mnist · fashion-sgd · at-least-once · parallelism 2",
        Phase.RUNNING,
        TestingCalibration.START,
        Duration.ofMillis(23_400),
        Duration.ofSeconds(60),
        new Input(117_004, Duration.ofMillis(2)),
        new Rates(5_001.4, 4_998.6, List.of(2_500.0, 5_000.0, 5_001.4), List.of(0.0, 4_998.6)),
        new OutputObservation(
            115_750,
            0,
            0,
            110_000,
            91_641,
            deadLetters,
            Optional.of(new ServedModel(1, "3fa4c2d1"))),
        calibration,
        0.84,
        new LatencyWindow.Percentiles(3, 9),
        9.77,
        ADDRESSES);
  }

  private static DemoSnapshot starting() {
    return new DemoSnapshot(
        "digits - digits-sgd - exactly-once - parallelism 1",
        Phase.DRAINING,
        TestingCalibration.START,
        Duration.ZERO,
        Duration.ofMinutes(90),
        new Input(0, Duration.ZERO),
        new Rates(0, 0, List.of(), List.of()),
        new OutputObservation(0, 0, 0, 0, 0, Map.of(), Optional.empty()),
        Optional.empty(),
        Double.NaN,
        new LatencyWindow.Percentiles(Double.NaN, Double.NaN),
        Double.NaN,
        ADDRESSES);
  }
}
