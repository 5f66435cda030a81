package io.logitflow.calibration;

/**
 * What a candidate gains over the calibration in force on labels that it was not fitted to.
 *
 * @param labels how many
 * @param nllBefore mean NLL as it is, in nats
 * @param nllAfter mean NLL with the candidate
 * @param gain nats per label
 * @param standardError of the gain
 * @param accuracyChange accuracy with the candidate minus that as it is
 */
record HeldOutGain(
    long labels,
    double nllBefore,
    double nllAfter,
    double gain,
    double standardError,
    double accuracyChange) {

  /** From rows: the mean of paired differences, and its standard error. */
  static HeldOutGain of(LabelledLogits rows, LogitCalibration inForce, LogitCalibration candidate) {
    double before = 0;
    double after = 0;
    double squares = 0;
    long right = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double own = rows.nll(row, inForce);
      double other = rows.nll(row, candidate);
      before += own;
      after += other;
      squares += (own - other) * (own - other);
      right += (rows.isRight(row, candidate) ? 1 : 0) - (rows.isRight(row, inForce) ? 1 : 0);
    }
    double n = rows.rows();
    double gain = (before - after) / n;
    double variance = Math.max(0, squares / n - gain * gain);
    return new HeldOutGain(
        rows.rows(), before / n, after / n, gain, Math.sqrt(variance / (n - 1)), right / n);
  }

  /**
   * From sums, for temperatures only. The squares of single differences are not in them, so the
   * variance is that of the score test: if the probabilities in force are right, the sum of the
   * differences has about the variance {@code (u' - u)^2} times the information between u and u'.
   */
  static HeldOutGain of(
      TemperatureCurve curve, LogitCalibration inForce, LogitCalibration candidate) {
    double from = inForce.logInverseTemperature();
    double to = candidate.logInverseTemperature();
    double n = curve.records();
    double information = Math.max(0, curve.information((from + to) / 2));
    return new HeldOutGain(
        curve.records(),
        curve.meanNll(from),
        curve.meanNll(to),
        -curve.difference(from, to) / n,
        Math.abs(to - from) * Math.sqrt(information) / n,
        0);
  }

  /** What the gain is above, at a standard normal quantile. */
  double lowerBound(double z) {
    return gain - z * standardError;
  }
}
