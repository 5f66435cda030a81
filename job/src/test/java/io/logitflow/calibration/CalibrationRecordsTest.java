package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logitflow.calibration.Outcomes.Outcome;
import io.logitflow.schema.BinSums;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.RealSum;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CalibrationRecordsTest {

  private static final int CLASSES = 4;

  private final List<Outcome> outcomes = Outcomes.random(300, CLASSES, 0.8, 2);
  private final CalibrationStatistics statistics = Outcomes.statistics(CLASSES, outcomes);

  @Test
  void statisticsComeBackFromTheirBytes() throws Exception {
    statistics.addLabels(1, 2, 3, 4, 5);
    statistics.addDuplicatePredictions(6);
    statistics.addPaired(outcomes.get(0).served(), outcomes.get(1).served(), 12, 3, 3);
    statistics.addPaired(outcomes.get(1).served(), outcomes.get(2).served(), 11, 0, 0);
    CalibrationRecord read = SingleObjects.decode(CalibrationRecord.class, bytes(statistics));

    assertThat(CalibrationRecords.fromRecord(read)).isEqualTo(statistics);
  }

  @Test
  void statisticsOfNothingAndOfManyClassesComeBack() throws Exception {
    CalibrationStatistics nothing = new CalibrationStatistics(CLASSES);
    CalibrationStatistics wide = Outcomes.statistics(60, Outcomes.random(50, 60, 1, 3));

    assertThat(CalibrationRecords.fromRecord(record(nothing))).isEqualTo(nothing);
    assertThat(CalibrationRecords.fromRecord(record(wide))).isEqualTo(wide);
    assertThat(record(wide).getClassBins()).isEmpty();
    assertThat(record(wide).getConfusion()).isEmpty();
  }

  @Test
  void equalStatisticsGiveEqualBytes() {
    List<Outcome> shuffled = new ArrayList<>(outcomes);
    Collections.shuffle(shuffled, new Random(1));
    CalibrationStatistics other = Outcomes.statistics(CLASSES, shuffled);
    Outcome passing = Outcomes.random(1, CLASSES, 1, 99).get(0);
    passing.addTo(other);
    passing.removeFrom(other);

    assertThat(bytes(other)).isEqualTo(bytes(statistics));
  }

  @Test
  void recordsMergeByAddition() throws Exception {
    CalibrationStatistics merged = new CalibrationStatistics(CLASSES);
    for (int start = 0; start < 300; start += 100) {
      merged.merge(
          CalibrationRecords.fromRecord(
              record(Outcomes.statistics(CLASSES, outcomes.subList(start, start + 100)))));
    }

    assertThat(merged).isEqualTo(statistics);
  }

  static Stream<Arguments> mixedUp() {
    return Stream.of(
        refused("size of trueCounts is 0, expected 1 to", r -> r.setTrueCounts(List.of())),
        refused("size of predictedCounts is 1, expected 4", r -> r.setPredictedCounts(List.of(1L))),
        refused("size of confusion is 3, expected 16", r -> r.setConfusion(List.of(1L, 2L, 3L))),
        refused("labelled is -1, expected at least 0", r -> r.setLabelled(-1)),
        refused("trueCounts is -5, expected at least 0", r -> r.getTrueCounts().set(0, -5L)),
        refused(
            "size of delayHistogram is 64, expected at most 63",
            r -> r.setDelayHistogram(Collections.nCopies(64, 0L))),
        refused(
            "sumNll.scale is 10, expected 56",
            r -> r.setSumNll(new RealSum(ByteBuffer.wrap(new byte[1]), 10))),
        refused(
            "size of sumBrier.unscaled is 17, expected 1 to 16",
            r -> r.setSumBrier(new RealSum(ByteBuffer.wrap(new byte[17]), 56))),
        refused(
            "size of sumBrier.unscaled is 0, expected 1 to 16",
            r -> r.setSumBrier(new RealSum(ByteBuffer.wrap(new byte[0]), 56))),
        refused(
            "size of bins.correct is 2, expected 15", r -> r.getBins().setCorrect(List.of(1L, 2L))),
        refused(
            "bins.count is 0, expected at least the 9 of correct",
            r -> r.getBins().getCorrect().set(0, 9L)),
        refused(
            "size of microBins.count is 0, expected", r -> r.getMicroBins().setCount(List.of())),
        refused(
            "microBins.bin is 4096, expected",
            r -> r.getMicroBins().getBin().set(r.getMicroBins().getBin().size() - 1, 4096)),
        refused("microBins.bin is -1, expected 0 to", r -> r.getMicroBins().getBin().set(0, -1)),
        refused(
            "smoothGrid.point is 2000, expected",
            r -> r.getSmoothGrid().getPoint().set(r.getSmoothGrid().getPoint().size() - 1, 2000)),
        refused(
            "size of smoothGrid.residual is 0, expected",
            r -> r.getSmoothGrid().setResidual(List.of())),
        refused(
            "size of classBins is 1, expected 4",
            r -> r.setClassBins(List.<BinSums>of(r.getClassBins().get(0)))),
        refused(
            "size of temperatureGradient is 1, expected 0 or 25",
            r -> r.setTemperatureGradient(List.of(r.getSumNll()))),
        refused(
            "pairs.champion is 5, expected each champion once",
            r -> r.setPairs(List.of(r.getPairs().get(0), r.getPairs().get(0)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mixedUp")
  void recordsThatDoNotFitAreRefusedByTheirField(String message, Consumer<CalibrationRecord> change)
      throws IOException {
    statistics.addPaired(outcomes.get(0).served(), outcomes.get(1).served(), 5, 3, 3);
    CalibrationRecord record = SingleObjects.decode(CalibrationRecord.class, bytes(statistics));
    change.accept(record);

    assertThatExceptionOfType(InvalidCalibrationRecordException.class)
        .isThrownBy(() -> CalibrationRecords.fromRecord(record))
        .withMessageStartingWith(message);
  }

  @Test
  void sumsMayHaveNeedlessBytes() throws Exception {
    CalibrationRecord record = record(statistics);
    byte[] all = new byte[16];
    byte[] fewest = record.getSumNll().getUnscaled().array();
    Arrays.fill(all, (byte) (fewest[0] >> 7));
    System.arraycopy(fewest, 0, all, 16 - fewest.length, fewest.length);
    record.getSumNll().setUnscaled(ByteBuffer.wrap(all));

    assertThat(CalibrationRecords.fromRecord(record)).isEqualTo(statistics);
  }

  private static byte[] bytes(CalibrationStatistics statistics) {
    return SingleObjects.encode(CalibrationRecord.getEncoder(), record(statistics));
  }

  private static Arguments refused(String message, Consumer<CalibrationRecord> change) {
    return Arguments.of(message, change);
  }

  private static CalibrationRecord record(CalibrationStatistics statistics) {
    return CalibrationRecords.toRecord(statistics)
        .setModel("model")
        .setModelVersion(3)
        .setCalibrationVersion(0)
        .setRole(ModelRole.CHAMPION)
        .setFiring(Firing.EARLY)
        .setWindowStart(Instant.ofEpochMilli(60_000))
        .setWindowEnd(Instant.ofEpochMilli(120_000))
        .setWatermark(Instant.ofEpochMilli(130_000))
        .build();
  }
}
