package io.logitflow.calibration;

import io.logitflow.calibration.CalibrationStatistics.Count;
import io.logitflow.calibration.CalibrationStatistics.Sum;
import io.logitflow.schema.BinSums;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.MicroBinSums;
import io.logitflow.schema.PairedSums;
import io.logitflow.schema.RealSum;
import io.logitflow.schema.SmoothGridSums;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Statistics as calibration records. Equal statistics give equal bytes: bins of zeros are left out
 * of sparse tables, tables of zeros are left out as a whole, sums have no needless bytes.
 */
public final class CalibrationRecords {

  private CalibrationRecords() {}

  /**
   * A record with all statistics in it. What says whose they are (model, versions, segment, window,
   * firing, revision, watermark), and the numbers of predictions that expired and of labels without
   * a prediction, are left to the caller.
   */
  public static CalibrationRecord.Builder toRecord(CalibrationStatistics statistics) {
    CalibrationRecord.Builder record =
        CalibrationRecord.newBuilder()
            .setPredictions(statistics.predictions())
            .setInvalid(statistics.invalid())
            .setLabelled(statistics.labelled())
            .setCorrect(statistics.correct())
            .setClippedNll(statistics.clippedNll())
            .setTemperatureRecords(statistics.temperatureRecords())
            .setDuplicateLabels(statistics.count(Count.DUPLICATE_LABELS))
            .setCorrectedLabels(statistics.count(Count.CORRECTED_LABELS))
            .setConflictingLabels(statistics.count(Count.CONFLICTING_LABELS))
            .setUnknownClassLabels(statistics.count(Count.UNKNOWN_CLASS_LABELS))
            .setLateLabels(statistics.count(Count.LATE_LABELS))
            .setDuplicatePredictions(statistics.count(Count.DUPLICATE_PREDICTIONS))
            .setSumConfidenceOfAll(sum(statistics, Sum.CONFIDENCE_OF_ALL))
            .setSumConfidence(sum(statistics, Sum.CONFIDENCE))
            .setSumNll(sum(statistics, Sum.NLL))
            .setSumNllSquared(sum(statistics, Sum.NLL_SQUARED))
            .setSumBrier(sum(statistics, Sum.BRIER))
            .setSumBrierSquared(sum(statistics, Sum.BRIER_SQUARED))
            .setSpiegelhalterNumerator(sum(statistics, Sum.SPIEGELHALTER_NUMERATOR))
            .setSpiegelhalterVariance(sum(statistics, Sum.SPIEGELHALTER_VARIANCE))
            .setDelayHistogram(withoutTrailingZeros(statistics.delays()))
            .setTrueCounts(list(statistics.trueCounts().counts(0)))
            .setPredictedCounts(list(statistics.predictedCounts().counts(0)))
            .setPairs(pairs(statistics));
    setTables(record, statistics);
    return setTemperature(record, statistics.temperature().sums());
  }

  /**
   * The statistics in a record.
   *
   * @throws InvalidCalibrationRecordException if arrays do not fit, or a value cannot be
   */
  public static CalibrationStatistics fromRecord(CalibrationRecord record)
      throws InvalidCalibrationRecordException {
    int classes = record.getTrueCounts().size();
    check(
        classes >= 1 && classes <= CalibrationStatistics.MAX_CLASSES,
        "size of trueCounts",
        classes,
        "1 to " + CalibrationStatistics.MAX_CLASSES);
    CalibrationStatistics statistics = new CalibrationStatistics(classes);
    readCounts(record, statistics);
    readSums(record, statistics);
    RecordTables.read(record, statistics);
    readTemperature(record, statistics.temperature().sums());
    readPairs(record.getPairs(), statistics);
    return statistics;
  }

  static void check(boolean holds, String field, Object found, Object expected)
      throws InvalidCalibrationRecordException {
    if (!holds) {
      throw new InvalidCalibrationRecordException(
          "%s is %s, expected %s".formatted(field, found, expected));
    }
  }

  /** Reads a count, which is not negative. */
  static long count(String field, long value) throws InvalidCalibrationRecordException {
    check(value >= 0, field, value, "at least 0");
    return value;
  }

  /** Reads the unscaled value of a sum; null is 0. */
  static byte[] unscaled(String field, RealSum sum) throws InvalidCalibrationRecordException {
    if (sum == null) {
      return new byte[1];
    }
    check(sum.getScale() == FixedPoint.SCALE, field + ".scale", sum.getScale(), FixedPoint.SCALE);
    ByteBuffer unscaled = sum.getUnscaled().duplicate();
    int length = unscaled.remaining();
    check(
        length >= 1 && length <= FixedPoint.MAX_BYTES,
        "size of " + field + ".unscaled",
        length,
        "1 to " + FixedPoint.MAX_BYTES);
    byte[] bytes = new byte[length];
    unscaled.get(bytes);
    return bytes;
  }

  private static void readCounts(CalibrationRecord record, CalibrationStatistics statistics)
      throws InvalidCalibrationRecordException {
    statistics.addCount(Count.PREDICTIONS, count("predictions", record.getPredictions()));
    statistics.addCount(Count.INVALID, count("invalid", record.getInvalid()));
    statistics.addCount(Count.LABELLED, count("labelled", record.getLabelled()));
    statistics.addCount(Count.CORRECT, count("correct", record.getCorrect()));
    statistics.addCount(Count.CLIPPED_NLL, count("clippedNll", record.getClippedNll()));
    statistics.addCount(
        Count.TEMPERATURE_RECORDS, count("temperatureRecords", record.getTemperatureRecords()));
    statistics.addLabels(
        count("duplicateLabels", record.getDuplicateLabels()),
        count("correctedLabels", record.getCorrectedLabels()),
        count("conflictingLabels", record.getConflictingLabels()),
        count("unknownClassLabels", record.getUnknownClassLabels()),
        count("lateLabels", record.getLateLabels()));
    statistics.addDuplicatePredictions(
        count("duplicatePredictions", record.getDuplicatePredictions()));
    long[] delays = statistics.delays();
    List<Long> read = record.getDelayHistogram();
    check(
        read.size() <= delays.length,
        "size of delayHistogram",
        read.size(),
        "at most " + delays.length);
    for (int i = 0; i < read.size(); i++) {
      delays[i] = count("delayHistogram", read.get(i));
    }
  }

  private static void readSums(CalibrationRecord record, CalibrationStatistics statistics)
      throws InvalidCalibrationRecordException {
    read(statistics, Sum.CONFIDENCE_OF_ALL, "sumConfidenceOfAll", record.getSumConfidenceOfAll());
    read(statistics, Sum.CONFIDENCE, "sumConfidence", record.getSumConfidence());
    read(statistics, Sum.NLL, "sumNll", record.getSumNll());
    read(statistics, Sum.NLL_SQUARED, "sumNllSquared", record.getSumNllSquared());
    read(statistics, Sum.BRIER, "sumBrier", record.getSumBrier());
    read(statistics, Sum.BRIER_SQUARED, "sumBrierSquared", record.getSumBrierSquared());
    read(
        statistics,
        Sum.SPIEGELHALTER_NUMERATOR,
        "spiegelhalterNumerator",
        record.getSpiegelhalterNumerator());
    read(
        statistics,
        Sum.SPIEGELHALTER_VARIANCE,
        "spiegelhalterVariance",
        record.getSpiegelhalterVariance());
  }

  private static void read(CalibrationStatistics statistics, int sum, String field, RealSum read)
      throws InvalidCalibrationRecordException {
    statistics.sums().setUnscaled(sum, unscaled(field, read));
  }

  private static void readTemperature(CalibrationRecord record, ExactSums sums)
      throws InvalidCalibrationRecordException {
    int points = TemperatureGrid.POINTS;
    readGrid("temperatureGradient", record.getTemperatureGradient(), sums, 0);
    readGrid("temperatureCurvature", record.getTemperatureCurvature(), sums, points);
    sums.setUnscaled(2 * points, unscaled("temperatureNll", record.getTemperatureNll()));
  }

  private static void readGrid(String field, List<RealSum> read, ExactSums sums, int first)
      throws InvalidCalibrationRecordException {
    int points = TemperatureGrid.POINTS;
    check(
        read.isEmpty() || read.size() == points, "size of " + field, read.size(), "0 or " + points);
    for (int j = 0; j < read.size(); j++) {
      sums.setUnscaled(first + j, unscaled(field, read.get(j)));
    }
  }

  private static void readPairs(List<PairedSums> pairs, CalibrationStatistics statistics)
      throws InvalidCalibrationRecordException {
    for (PairedSums read : pairs) {
      check(
          !statistics.paired().containsKey(read.getChampion()),
          "pairs.champion",
          read.getChampion(),
          "each champion once");
      PairedStatistics pair = statistics.pair(read.getChampion());
      pair.addCounts(
          count("pairs.count", read.getCount()),
          count("pairs.championOnlyCorrect", read.getChampionOnlyCorrect()),
          count("pairs.challengerOnlyCorrect", read.getChallengerOnlyCorrect()));
      pair.sums().setUnscaled(0, unscaled("pairs.sumDifference", read.getSumDifference()));
      pair.sums()
          .setUnscaled(1, unscaled("pairs.sumDifferenceSquared", read.getSumDifferenceSquared()));
      check(!pair.isEmpty(), "pairs.count", 0, "at least 1");
    }
  }

  private static CalibrationRecord.Builder setTemperature(
      CalibrationRecord.Builder record, ExactSums sums) {
    int points = TemperatureGrid.POINTS;
    int kept = sums.isZero() ? 0 : points;
    return record
        .setTemperatureGradient(list(kept, j -> sum(sums, j)))
        .setTemperatureCurvature(list(kept, j -> sum(sums, points + j)))
        .setTemperatureNll(sum(sums, 2 * points));
  }

  private static void setTables(
      CalibrationRecord.Builder record, CalibrationStatistics statistics) {
    boolean empty = statistics.bins().isEmpty();
    boolean classwise = !empty && CalibrationStatistics.classwise(statistics.classes());
    record
        .setBins(empty ? null : bins(statistics.bins(), 0))
        .setMicroBins(empty ? null : microBins(statistics.microBins()))
        .setSmoothGrid(empty ? null : smoothGrid(statistics.smoothGrid()))
        .setConfusion(classwise ? list(statistics.confusion().counts(0)) : List.of())
        .setClassBins(
            list(
                classwise ? statistics.classes() : 0,
                k -> bins(statistics.classBins(), CalibrationStatistics.classBin(k, 0))));
  }

  private static BinSums bins(SumTable table, int first) {
    int bins = CalibrationStatistics.BINS;
    return BinSums.newBuilder()
        .setCount(list(bins, m -> table.count(first + m, CalibrationStatistics.BIN_COUNT)))
        .setCorrect(list(bins, m -> table.count(first + m, CalibrationStatistics.BIN_CORRECT)))
        .setSumConfidence(
            list(bins, m -> sum(table, first + m, CalibrationStatistics.BIN_CONFIDENCE)))
        .setSumConfidenceSquared(
            list(bins, m -> sum(table, first + m, CalibrationStatistics.BIN_CONFIDENCE_SQUARED)))
        .setSumConfidenceCorrect(
            list(bins, m -> sum(table, first + m, CalibrationStatistics.BIN_CONFIDENCE_CORRECT)))
        .build();
  }

  private static MicroBinSums microBins(SumTable table) {
    int[] used = table.usedRows();
    return MicroBinSums.newBuilder()
        .setBin(list(used.length, i -> used[i]))
        .setCount(list(used.length, i -> table.count(used[i], CalibrationStatistics.BIN_COUNT)))
        .setCorrect(list(used.length, i -> table.count(used[i], CalibrationStatistics.BIN_CORRECT)))
        .setSumConfidence(
            list(used.length, i -> sum(table, used[i], CalibrationStatistics.BIN_CONFIDENCE)))
        .build();
  }

  private static SmoothGridSums smoothGrid(SumTable table) {
    int[] used = table.usedRows();
    return SmoothGridSums.newBuilder()
        .setPoint(list(used.length, i -> used[i]))
        .setWeight(list(used.length, i -> sum(table, used[i], CalibrationStatistics.SMOOTH_COUNT)))
        .setResidual(
            list(used.length, i -> sum(table, used[i], CalibrationStatistics.SMOOTH_RESIDUAL)))
        .build();
  }

  private static List<PairedSums> pairs(CalibrationStatistics statistics) {
    List<PairedSums> pairs = new ArrayList<>();
    for (Map.Entry<Long, PairedStatistics> entry : statistics.paired().entrySet()) {
      PairedStatistics pair = entry.getValue();
      pairs.add(
          PairedSums.newBuilder()
              .setChampion(entry.getKey())
              .setCount(pair.count())
              .setSumDifference(sum(pair.sums(), 0))
              .setSumDifferenceSquared(sum(pair.sums(), 1))
              .setChampionOnlyCorrect(pair.championOnlyCorrect())
              .setChallengerOnlyCorrect(pair.challengerOnlyCorrect())
              .build());
    }
    return pairs;
  }

  private static RealSum sum(CalibrationStatistics statistics, int sum) {
    return sum(statistics.sums(), sum);
  }

  private static RealSum sum(ExactSums sums, int index) {
    return real(sums.unscaled(index));
  }

  private static RealSum sum(SumTable table, int row, int column) {
    return real(table.unscaled(row, column));
  }

  private static RealSum real(byte[] unscaled) {
    return new RealSum(ByteBuffer.wrap(unscaled), FixedPoint.SCALE);
  }

  private static List<Long> withoutTrailingZeros(long[] counts) {
    int length = counts.length;
    while (length > 0 && counts[length - 1] == 0) {
      length--;
    }
    return LongStream.of(counts).limit(length).boxed().toList();
  }

  private static List<Long> list(long[] counts) {
    return LongStream.of(counts).boxed().toList();
  }

  private static <T> List<T> list(int size, IntFunction<T> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }
}
