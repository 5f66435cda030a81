package io.logitflow.promotion;

import java.io.Serializable;

/**
 * The e-detector of Shin, Ramdas and Rinaldo (2023) for an error rate that has risen, over windows
 * of counts. Its reference is the upper bound {@code U = k/n + sqrt(ln(1/delta) / 2n)} of the error
 * rate of the first labels (Podkopaev and Ramdas 2022), its threshold {@code eps = U + tolerance}.
 * With k errors among n labels a window has the e-value
 *
 * <pre>ln e = k ln(1 + lambda (1 - eps)) + (n - k) ln(1 - lambda eps)</pre>
 *
 * <p>whose bet {@code lambda = (mu - eps) / (var + (mu - eps)^2)}, in [0, 0.5 / eps], follows from
 * the discounted past before the window. With {@code M = max(M, 1) e}, and the alarm at M of at
 * least {@value DriftPolicy#AVERAGE_RUN_LENGTH}, there are on average that many windows until a
 * false alarm.
 *
 * <p>As long as a drift goes on it is told of again after twice as many labels each time, so that
 * the alarms of one drift grow as the logarithm of its length.
 *
 * @param referenceLabels labels of the reference
 * @param referenceErrors errors among them
 * @param rest labels for which there is no further alarm
 * @param pastLabels discounted number of labels after the reference and before the next window
 * @param pastErrors discounted number of errors
 * @param logStatistic ln M
 * @param alarms alarms of this drift, the one before included
 */
public record DriftDetector(
    long referenceLabels,
    long referenceErrors,
    long rest,
    double pastLabels,
    double pastErrors,
    double logStatistic,
    int alarms)
    implements Serializable {

  /** Before the first window of a champion. */
  public static final DriftDetector START = new DriftDetector(0, 0, 0, 0, 0, 0, 0);

  private static final double DECAY = 0.95;

  /** How often the rest doubles: 1,024 references at most. */
  private static final int MAX_DOUBLINGS = 10;

  /** Half of the level of 0.05: the other half is the detector's own. */
  private static final double REFERENCE_DELTA = 0.025;

  /** The detector after one more window. */
  public DriftDetector after(long labels, long errors, DriftPolicy policy) {
    if (referenceLabels < policy.referenceLabels()) {
      return new DriftDetector(
          referenceLabels + labels, referenceErrors + errors, 0, pastLabels, pastErrors, 0, 0);
    }
    double labelsBefore = DECAY * pastLabels + labels;
    double errorsBefore = DECAY * pastErrors + errors;
    double threshold = threshold(policy);
    if (rest > 0) {
      long remaining = Math.max(0, rest - labels);
      boolean over = remaining == 0 && errorsBefore / labelsBefore <= threshold;
      return new DriftDetector(
          referenceLabels,
          referenceErrors,
          remaining,
          labelsBefore,
          errorsBefore,
          0,
          over ? 0 : alarms);
    }
    double bet = bet(threshold);
    double logEvidence =
        errors * Math.log1p(bet * (1 - threshold))
            + (labels - errors) * Math.log1p(-bet * threshold);
    return new DriftDetector(
        referenceLabels,
        referenceErrors,
        0,
        labelsBefore,
        errorsBefore,
        Math.max(0, logStatistic) + logEvidence,
        alarms);
  }

  /** Whether the error rate has risen above the threshold. */
  public boolean isAlarm() {
    return logStatistic >= Math.log(DriftPolicy.AVERAGE_RUN_LENGTH);
  }

  /**
   * The detector after an alarm. The reference stays. It rests for as many labels as that has, and
   * twice as long after each further alarm, until by the end of a rest the error rate has fallen.
   */
  public DriftDetector reset(DriftPolicy policy) {
    long next = policy.referenceLabels() << Math.min(alarms, MAX_DOUBLINGS);
    return new DriftDetector(referenceLabels, referenceErrors, next, 0, 0, 0, alarms + 1);
  }

  /** Upper bound of the error rate of the reference. */
  public double referenceBound() {
    double n = referenceLabels;
    return referenceErrors / n + Math.sqrt(Math.log(1 / REFERENCE_DELTA) / (2 * n));
  }

  /** eps: the error rate above which there is an alarm. */
  public double threshold(DriftPolicy policy) {
    return referenceBound() + policy.tolerance();
  }

  /** Mean error rate of the discounted past; NaN without any. */
  public double recentErrorRate() {
    return pastErrors / pastLabels;
  }

  private double bet(double threshold) {
    double mean = recentErrorRate();
    // So it is too if there is no past, and if no error rate can be above the threshold.
    if (!(mean > threshold)) {
      return 0;
    }
    double excess = mean - threshold;
    return Math.min(excess / (mean * (1 - mean) + excess * excess), 0.5 / threshold);
  }
}
