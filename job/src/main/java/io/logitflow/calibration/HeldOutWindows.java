package io.logitflow.calibration;

import java.util.Arrays;

/**
 * Which windows a calibration is fitted to, and which it is judged by: whole windows, so that
 * records near each other in time do not stand on both sides, and the newest are held out, as what
 * is predicted with it is newer still.
 */
public final class HeldOutWindows {

  /** Part of the labels to fit to. */
  private static final double FIT_SHARE = 0.75;

  private HeldOutWindows() {}

  /**
   * How many windows to fit to, so that their part of the labels is nearest to three quarters;
   * those after them are held out. The oldest window is always fitted to, and of two or more the
   * newest one held out.
   *
   * @param labels labels of each window, the oldest first
   */
  public static int windowsToFit(long[] labels) {
    if (labels.length < 2) {
      return labels.length;
    }
    double wanted = FIT_SHARE * Arrays.stream(labels).sum();
    long before = 0;
    int fit = 0;
    for (long ofWindow : labels) {
      long with = before + ofWindow;
      if (Math.abs(with - wanted) > Math.abs(before - wanted)) {
        break;
      }
      before = with;
      fit++;
    }
    return Math.max(1, Math.min(fit, labels.length - 1));
  }
}
