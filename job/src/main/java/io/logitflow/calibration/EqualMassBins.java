package io.logitflow.calibration;

import java.util.Arrays;

/**
 * Groups cells, which hold records of about the same confidence, into bins of about the same number
 * of records. The cuts are those of Kumar et al. (2019): the sorted records are split into parts of
 * which the first {@code N mod parts} hold one more, and a cut falls behind the cell that the last
 * record of a part is in. So no cell is divided, and there may be fewer bins than parts.
 */
public final class EqualMassBins {

  private EqualMassBins() {}

  /**
   * Groups cells.
   *
   * @param cells in ascending order of their confidence
   * @param parts at least 1
   */
  public static ReliabilityBins of(ReliabilityBins cells, int parts) {
    long records = cells.records();
    long[] count = new long[parts];
    double[] sumConfidence = new double[parts];
    long[] correct = new long[parts];
    int bin = 0;
    int part = 1;
    long seen = 0;
    for (int cell = 0; cell < cells.bins(); cell++) {
      if (cells.count()[cell] > 0) {
        count[bin] += cells.count()[cell];
        sumConfidence[bin] += cells.sumConfidence()[cell];
        correct[bin] += cells.correct()[cell];
        seen += cells.count()[cell];
        boolean cut = false;
        while (part < parts && endOf(part, parts, records) <= seen) {
          cut = true;
          part++;
        }
        bin += cut ? 1 : 0;
      }
    }
    int used = bin < parts && count[bin] > 0 ? bin + 1 : bin;
    return new ReliabilityBins(
        Arrays.copyOf(count, used),
        Arrays.copyOf(sumConfidence, used),
        Arrays.copyOf(correct, used));
  }

  /**
   * The bins of the ECE sweep of Roelofs et al. (2022): as many parts as can be before the
   * accuracies of the bins are no longer in ascending order.
   */
  public static ReliabilityBins sweep(ReliabilityBins cells) {
    ReliabilityBins bins = of(cells, 1);
    long limit = Math.min(cells.bins(), cells.records());
    for (int parts = 2; parts <= limit; parts++) {
      ReliabilityBins finer = of(cells, parts);
      if (!isAscending(finer)) {
        return bins;
      }
      bins = finer;
    }
    return bins;
  }

  /** Number of records in the first parts. */
  private static long endOf(int part, int parts, long records) {
    return part * (records / parts) + Math.min(part, records % parts);
  }

  private static boolean isAscending(ReliabilityBins bins) {
    for (int b = 1; b < bins.bins(); b++) {
      if (bins.accuracy(b) < bins.accuracy(b - 1)) {
        return false;
      }
    }
    return true;
  }
}
