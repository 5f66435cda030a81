package io.logitflow.training;

/**
 * The loss over rows in memory. The sum has the same bits with any number of threads. One caller at
 * a time.
 */
public final class LocalLoss implements RowLoss {

  private final TrainingRows rows;
  private final BlockSums sums;

  /**
   * A loss over rows.
   *
   * @throws IllegalArgumentException if the options do not fit the rows
   */
  public LocalLoss(TrainingRows rows, LossOptions options, Precision precision, Workers workers) {
    options.check(rows);
    this.rows = rows;
    this.sums = new BlockSums(rows.shape(), rows.targets(), options, precision, workers);
  }

  @Override
  public LinearShape shape() {
    return rows.shape();
  }

  @Override
  public LossSum sum(double[] point) {
    return sums.sum(rows.blocks(), point);
  }
}
