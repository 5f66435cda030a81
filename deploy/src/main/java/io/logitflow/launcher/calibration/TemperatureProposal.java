package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationDecision;
import io.logitflow.calibration.CalibrationLadder;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.HeldOutWindows;
import io.logitflow.calibration.LabelledLogits;
import io.logitflow.calibration.LadderOptions;
import io.logitflow.calibration.LogitCalibration;
import io.logitflow.calibration.TemperatureCurve;
import io.logitflow.classifier.Calibration;
import java.io.IOException;
import java.util.List;

/**
 * What the ladder makes of the windows of a version: a temperature is fitted to the older ones and
 * judged by the newer ones.
 *
 * @param fit windows to fit to, the oldest first
 * @param heldOut windows to judge by, all newer
 * @param fitted the temperature that fits the windows to fit to best
 * @param nllFitted mean NLL of the held-out labels with it, in nats; NaN without any
 * @param decision what came out
 */
record TemperatureProposal(
    List<CalibrationWindow> fit,
    List<CalibrationWindow> heldOut,
    double fitted,
    double nllFitted,
    CalibrationDecision decision) {

  /**
   * Decides.
   *
   * @param windows of one version, with all of its calibrations and roles: the sums are of logits
   *     before calibration; the oldest first
   * @param inForce the calibration that the version has
   */
  static TemperatureProposal of(List<CalibrationWindow> windows, Calibration inForce)
      throws IOException {
    int split =
        HeldOutWindows.windowsToFit(
            windows.stream()
                .mapToLong(window -> window.statistics().temperatureRecords())
                .toArray());
    List<CalibrationWindow> fit = windows.subList(0, split);
    List<CalibrationWindow> heldOut = windows.subList(split, windows.size());
    int classes = windows.get(0).statistics().classes();
    TemperatureCurve fitCurve = curve(fit, classes);
    TemperatureCurve heldOutCurve = curve(heldOut, classes);
    double best = fitCurve.optimum(0);
    CalibrationDecision decision =
        new CalibrationLadder(LadderOptions.DEFAULTS)
            .decide(
                new CalibrationLadder.Evidence(
                    fitCurve, heldOutCurve, LabelledLogits.NONE, LabelledLogits.NONE),
                new LogitCalibration(1 / inForce.temperature(), inForce.biases()));
    return new TemperatureProposal(
        fit, heldOut, Math.exp(-best), heldOutCurve.meanNll(best), decision);
  }

  /** The labels in windows whose logits are known. */
  static long labels(List<CalibrationWindow> windows) {
    return windows.stream().mapToLong(window -> window.statistics().temperatureRecords()).sum();
  }

  private static TemperatureCurve curve(List<CalibrationWindow> windows, int classes)
      throws IOException {
    return TemperatureCurve.of(
        windows.isEmpty()
            ? new CalibrationStatistics(classes)
            : VersionCalibration.of(windows).merged());
  }
}
