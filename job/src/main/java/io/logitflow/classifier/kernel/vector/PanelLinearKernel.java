package io.logitflow.classifier.kernel.vector;

import io.logitflow.classifier.kernel.LinearKernel;

/**
 * The product for many classes: a vector holds neighbouring classes of one row, and each feature is
 * broadcast.
 *
 * <p>Features go in blocks, so that a block of some {@link Panels} stays near the core while all
 * rows pass, and sums of many features are summed in parts, which keeps float32 precise.
 *
 * <p>Where there are panels enough to pay for it, rows are packed six by six. The rows that are
 * left, and all where panels are few, are taken as they are, by four or one at a time.
 */
final class PanelLinearKernel implements LinearKernel {

  /** With fewer panels, packing costs more than it gains. */
  private static final int PANELS_TO_PACK = 8;

  /** Panels whose blocks have room in the second-level cache together. */
  private static final int NEAR_PANELS = OneRow.PANELS;

  private final Panels panels;
  private final int inputs;

  PanelLinearKernel(double[] weight, double[] bias, int outputs, int inputs) {
    this.panels = new Panels(weight, bias, outputs, inputs);
    this.inputs = inputs;
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    int packedRows = panels.count() < PANELS_TO_PACK ? 0 : packedRows(rows);
    for (int row = 0; row < rows; ) {
      int packedEnd = Math.min(packedRows, row + PackedRows.MAX_ROWS);
      // Those that are left go with the last packed ones, while the weights are near.
      int end = packedEnd < packedRows ? packedEnd : rows;
      multiply(input, row, packedEnd, end, output);
      row = end;
    }
  }

  /** As many sixes as leave fours, and at most one row beside them. */
  private static int packedRows(int rows) {
    int pairs = rows / 2;
    int sixes = pairs / 3;
    return Math.max(0, sixes - (pairs - sixes) % 2) * PackedRows.ROWS;
  }

  private void multiply(float[] input, int firstRow, int packedEnd, int endRow, float[] output) {
    for (int from = 0; from < inputs; from = panels.endOfBlock(from)) {
      int to = panels.endOfBlock(from);
      for (int row = firstRow; row < packedEnd; row += PackedRows.ROWS) {
        int place = PackedRows.place(row - firstRow);
        PackedRows.pack(input, row, inputs, from, to, PackedRows.ofThread(), place);
      }
      for (int panel = 0; panel < panels.count(); panel += NEAR_PANELS) {
        int endPanel = Math.min(panels.count(), panel + NEAR_PANELS);
        for (int row = firstRow; row < packedEnd; row += PackedRows.ROWS) {
          int place = PackedRows.place(row - firstRow);
          multiplyPacked(place, row, from, to, panel, endPanel, output);
        }
        multiplyAsTheyAre(input, packedEnd, endRow, from, to, panel, endPanel, output);
      }
    }
  }

  private void multiplyPacked(
      int place, int row, int from, int to, int firstPanel, int endPanel, float[] output) {
    float[] packed = PackedRows.ofThread();
    for (int panel = firstPanel; panel < endPanel; panel++) {
      SixPackedRows.multiply(panels, panel, from, to, packed, place, row, output);
    }
  }

  private void multiplyAsTheyAre(
      float[] input,
      int firstRow,
      int endRow,
      int from,
      int to,
      int firstPanel,
      int endPanel,
      float[] output) {
    int row = firstRow;
    for (; row + FourRows.ROWS <= endRow; row += FourRows.ROWS) {
      for (int panel = firstPanel; panel < endPanel; panel++) {
        FourRows.multiply(panels, panel, from, to, input, row, output);
      }
    }
    for (; row < endRow; row++) {
      int panel = firstPanel;
      if (panel + OneRow.PANELS == endPanel) {
        OneRow.multiplyByPanels(panels, panel, from, to, input, row, output);
        panel = endPanel;
      }
      for (; panel < endPanel; panel++) {
        OneRow.multiply(panels, panel, from, to, input, row, output);
      }
    }
  }
}
