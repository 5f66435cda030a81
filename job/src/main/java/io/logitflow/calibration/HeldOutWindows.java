package io.logitflow.calibration;

import java.util.Arrays;

/**
 * Which windows a calibration is fitted to, and which it is judged by: whole windows, so that
 * records near each other in time do not stand on both sides, and the newest are held out, as what
 * is predicted with it is newer still.
 */
public final class HeldOutWindows {

  /** Part of the labels that is held out, at least if there are windows enough. */
  private static final double SHARE = 0.25;

  private HeldOutWindows() {}

  /**
   * How many windows to fit to; those after them are held out. The oldest window is always fitted
   * to, and of two or more the newest one held out.
   *
   * @param labels labels of each window, the oldest first
   */
  public static int windowsToFit(long[] labels) {
    double wanted = SHARE * Arrays.stream(labels).sum();
    long heldOut = 0;
    int fit = labels.length;
    while (fit > 1 && (heldOut < wanted || fit == labels.length)) {
      fit--;
      heldOut += labels[fit];
    }
    return fit;
  }
}
