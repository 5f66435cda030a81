package io.logitflow.calibration;

/**
 * Right-closed bins of equal width on [0, 1], as of Guo et al. 2017: bin m holds {@code m / M < c
 * <= (m + 1) / M}, the first one also exactly 0. The edges are the doubles {@code (double) m / M}
 * and bins are found by search among them: a product with M would put 0.07 above 7 / 100.
 */
public final class EqualWidthBins {

  private final double[] upperEdges;

  /** Creates at least one bin. */
  public EqualWidthBins(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins is %d, expected at least 1".formatted(bins));
    }
    upperEdges = new double[bins];
    for (int m = 0; m < bins; m++) {
      upperEdges[m] = (double) (m + 1) / bins;
    }
  }

  public int count() {
    return upperEdges.length;
  }

  /** Upper edge of a bin, inclusive. */
  public double upperEdge(int bin) {
    return upperEdges[bin];
  }

  /** The bin of a number; what is above 1 by rounding is in the last one. */
  public int of(double value) {
    int low = 0;
    int high = upperEdges.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value <= upperEdges[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
