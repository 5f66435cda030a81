package io.logitflow.calibration;

/**
 * What the ladder decided, with its evidence. "Not now" is a decision too. Numbers that there was
 * no evidence for are NaN.
 *
 * @param publish whether the candidate is to replace what is in force
 * @param step of the candidate
 * @param candidate the calibration that was judged; what is in force, if none was
 * @param fitLabels labels that candidates were fitted to
 * @param heldOutLabels labels that candidates were judged by
 * @param nllBefore mean NLL of held-out labels as it is, in nats
 * @param nllAfter mean NLL of held-out labels with the candidate
 * @param gain nats per held-out label
 * @param gainLowerBound what the gain is above, but for the level of the options
 * @param accuracyChange accuracy on held-out labels with the candidate minus that as it is
 * @param reason which gate said what
 */
public record CalibrationDecision(
    boolean publish,
    CalibrationStep step,
    LogitCalibration candidate,
    long fitLabels,
    long heldOutLabels,
    double nllBefore,
    double nllAfter,
    double gain,
    double gainLowerBound,
    double accuracyChange,
    String reason) {}
