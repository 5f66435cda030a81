package io.logitflow.calibration;

import io.logitflow.schema.BinSums;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.MicroBinSums;
import io.logitflow.schema.RealSum;
import io.logitflow.schema.SmoothGridSums;
import java.util.List;

/** Reads the tables of calibration records, of which nothing is taken for granted. */
final class RecordTables {

  private RecordTables() {}

  /** Reads all tables into empty statistics. */
  static void read(CalibrationRecord record, CalibrationStatistics statistics)
      throws InvalidCalibrationRecordException {
    int classes = statistics.classes();
    readCounts("trueCounts", record.getTrueCounts(), statistics.trueCounts());
    size("predictedCounts", record.getPredictedCounts(), classes);
    readCounts("predictedCounts", record.getPredictedCounts(), statistics.predictedCounts());
    if (!record.getConfusion().isEmpty()) {
      size("confusion", record.getConfusion(), statistics.confusion().rowCount());
      readCounts("confusion", record.getConfusion(), statistics.confusion());
    }
    if (record.getBins() != null) {
      readBins("bins", record.getBins(), statistics.bins(), 0);
    }
    if (record.getMicroBins() != null) {
      readMicroBins(record.getMicroBins(), statistics.microBins());
    }
    if (record.getSmoothGrid() != null) {
      readSmoothGrid(record.getSmoothGrid(), statistics.smoothGrid());
    }
    List<BinSums> classBins = record.getClassBins();
    if (!classBins.isEmpty()) {
      size("classBins", classBins, CalibrationStatistics.classwise(classes) ? classes : 0);
      for (int k = 0; k < classes; k++) {
        int first = CalibrationStatistics.classBin(k, 0);
        readBins("classBins", classBins.get(k), statistics.classBins(), first);
      }
    }
  }

  private static void readCounts(String field, List<Long> read, SumTable table)
      throws InvalidCalibrationRecordException {
    for (int row = 0; row < read.size(); row++) {
      long count = CalibrationRecords.count(field, read.get(row));
      if (count != 0) {
        table.addCount(row, 0, count);
      }
    }
  }

  private static void readBins(String field, BinSums read, SumTable table, int first)
      throws InvalidCalibrationRecordException {
    int bins = CalibrationStatistics.BINS;
    size(field + ".count", read.getCount(), bins);
    size(field + ".correct", read.getCorrect(), bins);
    size(field + ".sumConfidence", read.getSumConfidence(), bins);
    size(field + ".sumConfidenceSquared", read.getSumConfidenceSquared(), bins);
    size(field + ".sumConfidenceCorrect", read.getSumConfidenceCorrect(), bins);
    for (int m = 0; m < bins; m++) {
      readHits(field, table, first + m, read.getCount().get(m), read.getCorrect().get(m));
      readSum(
          field + ".sumConfidence",
          table,
          first + m,
          CalibrationStatistics.BIN_CONFIDENCE,
          read.getSumConfidence().get(m));
      readSum(
          field + ".sumConfidenceSquared",
          table,
          first + m,
          CalibrationStatistics.BIN_CONFIDENCE_SQUARED,
          read.getSumConfidenceSquared().get(m));
      readSum(
          field + ".sumConfidenceCorrect",
          table,
          first + m,
          CalibrationStatistics.BIN_CONFIDENCE_CORRECT,
          read.getSumConfidenceCorrect().get(m));
    }
  }

  private static void readMicroBins(MicroBinSums read, SumTable table)
      throws InvalidCalibrationRecordException {
    List<Integer> bins = read.getBin();
    size("microBins.count", read.getCount(), bins.size());
    size("microBins.correct", read.getCorrect(), bins.size());
    size("microBins.sumConfidence", read.getSumConfidence(), bins.size());
    checkAscending("microBins.bin", bins, table.rowCount());
    for (int i = 0; i < bins.size(); i++) {
      int row = bins.get(i);
      readHits("microBins", table, row, read.getCount().get(i), read.getCorrect().get(i));
      readSum(
          "microBins.sumConfidence",
          table,
          row,
          CalibrationStatistics.BIN_CONFIDENCE,
          read.getSumConfidence().get(i));
    }
  }

  private static void readSmoothGrid(SmoothGridSums read, SumTable table)
      throws InvalidCalibrationRecordException {
    List<Integer> points = read.getPoint();
    size("smoothGrid.weight", read.getWeight(), points.size());
    size("smoothGrid.residual", read.getResidual(), points.size());
    checkAscending("smoothGrid.point", points, table.rowCount());
    for (int i = 0; i < points.size(); i++) {
      int row = points.get(i);
      readSum(
          "smoothGrid.weight",
          table,
          row,
          CalibrationStatistics.SMOOTH_COUNT,
          read.getWeight().get(i));
      readSum(
          "smoothGrid.residual",
          table,
          row,
          CalibrationStatistics.SMOOTH_RESIDUAL,
          read.getResidual().get(i));
    }
  }

  private static void readHits(String field, SumTable table, int row, long count, long correct)
      throws InvalidCalibrationRecordException {
    CalibrationRecords.count(field + ".correct", correct);
    CalibrationRecords.check(
        count >= correct, field + ".count", count, "at least the " + correct + " of correct");
    table.addCount(row, CalibrationStatistics.BIN_COUNT, count);
    table.addCount(row, CalibrationStatistics.BIN_CORRECT, correct);
  }

  private static void readSum(String field, SumTable table, int row, int column, RealSum read)
      throws InvalidCalibrationRecordException {
    table.setUnscaled(row, column, CalibrationRecords.unscaled(field, read));
  }

  private static void checkAscending(String field, List<Integer> indices, int end)
      throws InvalidCalibrationRecordException {
    int last = -1;
    for (int index : indices) {
      CalibrationRecords.check(
          index > last && index < end, field, index, (last + 1) + " to " + (end - 1));
      last = index;
    }
  }

  private static void size(String field, List<?> read, int expected)
      throws InvalidCalibrationRecordException {
    CalibrationRecords.check(read.size() == expected, "size of " + field, read.size(), expected);
  }
}
