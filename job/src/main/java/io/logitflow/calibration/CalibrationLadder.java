package io.logitflow.calibration;

import io.logitflow.interval.StandardNormal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides on the calibration of one model version: identity, temperature, bias-corrected
 * temperature. Each step has more parameters than the one below it, and is taken only if there are
 * enough labels, and if labels it was not fitted to have a lower NLL with it than with that step.
 *
 * <p>The gain must exceed a least one, so that versions do not follow each other for nothing, and
 * must be real: its one-sided lower confidence bound, from the normal distribution of the mean of
 * paired differences, is above 0. With several candidates each gets its part of the level
 * (Bonferroni), since the best one is looked for on the same labels. The level holds for one
 * decision. It is not anytime-valid over decisions: these meet with new labels each time, and a
 * mistake is undone by a later one, so the bound may be tighter than that of a confidence sequence.
 *
 * <p>Labels must be of predictions that the version made itself, on records that it was not trained
 * on, with logits before calibration; those held out must not be among those fitted to.
 */
public final class CalibrationLadder {

  private final LadderOptions options;

  public CalibrationLadder(LadderOptions options) {
    this.options = options;
  }

  /**
   * What there is to decide by.
   *
   * @param fit curve of the labels to fit to
   * @param heldOut curve of the labels to judge by; used where there are no held-out rows
   * @param fitRows rows to fit biases to; may be {@link LabelledLogits#NONE}
   * @param heldOutRows rows to judge by; may be {@link LabelledLogits#NONE}, but biases, be they in
   *     force or a candidate's, are judged by rows only
   */
  public record Evidence(
      TemperatureCurve fit,
      TemperatureCurve heldOut,
      LabelledLogits fitRows,
      LabelledLogits heldOutRows) {

    /** What one calibration gains over another. */
    private HeldOutGain gain(LogitCalibration from, LogitCalibration to) {
      return heldOutRows.rows() > 0
          ? HeldOutGain.of(heldOutRows, from, to)
          : HeldOutGain.of(heldOut, from, to);
    }

    private long heldOutLabels() {
      return heldOutRows.rows() > 0 ? heldOutRows.rows() : heldOut.records();
    }
  }

  /** A calibration that may be published. */
  private record Candidate(CalibrationStep step, LogitCalibration calibration) {}

  /** Decides, given the calibration that is in force. */
  public CalibrationDecision decide(Evidence evidence, LogitCalibration inForce) {
    long fitLabels = evidence.fit().records();
    long heldOutLabels = evidence.heldOutLabels();
    if (fitLabels < options.minFitLabels()) {
      return notJudged(
          evidence,
          inForce,
          "%d labels to fit to, expected at least %d".formatted(fitLabels, options.minFitLabels()));
    }
    if (heldOutLabels < options.minHeldOutLabels()) {
      return notJudged(
          evidence,
          inForce,
          "%d held-out labels, expected at least %d"
              .formatted(heldOutLabels, options.minHeldOutLabels()));
    }
    if (evidence.heldOutRows().rows() == 0 && !TemperatureCurve.covers(inForce)) {
      return notJudged(
          evidence, inForce, "what is in force is judged by held-out rows only: " + inForce);
    }
    return judge(candidates(evidence), evidence, inForce);
  }

  /** From the simplest to the one with most parameters. */
  private List<Candidate> candidates(Evidence evidence) {
    double precision = options.priorPrecision();
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate(CalibrationStep.IDENTITY, LogitCalibration.IDENTITY));
    candidates.add(
        new Candidate(
            CalibrationStep.TEMPERATURE,
            LogitCalibration.temperatureScaling(evidence.fit().optimum(precision))));
    if (evidence.fitRows().rows() >= options.minBiasLabels() && evidence.heldOutRows().rows() > 0) {
      candidates.add(
          new Candidate(
              CalibrationStep.BIAS_CORRECTED_TEMPERATURE,
              LogitFit.biasCorrectedTemperature(evidence.fitRows(), precision)));
    }
    return candidates;
  }

  /** Climbs while a step gains over the one that is stood on, then asks the same of the result. */
  private CalibrationDecision judge(
      List<Candidate> candidates, Evidence evidence, LogitCalibration inForce) {
    double z = StandardNormal.upperQuantile(options.level() / candidates.size());
    Candidate best = candidates.get(0);
    for (Candidate candidate : candidates) {
      if (passes(evidence.gain(best.calibration(), candidate.calibration()), z)) {
        best = candidate;
      }
    }
    HeldOutGain gain = evidence.gain(inForce, best.calibration());
    return new CalibrationDecision(
        passes(gain, z),
        best.step(),
        best.calibration(),
        evidence.fit().records(),
        gain.labels(),
        gain.nllBefore(),
        gain.nllAfter(),
        gain.gain(),
        gain.lowerBound(z),
        gain.accuracyChange(),
        reason(best.step(), gain, z));
  }

  /** Whether a gain is large enough, and real. */
  private boolean passes(HeldOutGain gain, double z) {
    return gain.gain() > options.minGain() && gain.lowerBound(z) > 0;
  }

  private String reason(CalibrationStep step, HeldOutGain gain, double z) {
    String gate =
        gain.gain() > options.minGain()
            ? String.format(
                Locale.ROOT,
                "which is above %.6f but for a chance of %s",
                gain.lowerBound(z),
                options.level())
            : String.format(Locale.ROOT, "expected more than %s", options.minGain());
    return String.format(
        Locale.ROOT,
        "%s gains %.6f nats per label, %s",
        step.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        gain.gain(),
        gate);
  }

  private static CalibrationDecision notJudged(
      Evidence evidence, LogitCalibration inForce, String reason) {
    return new CalibrationDecision(
        false,
        stepOf(inForce),
        inForce,
        evidence.fit().records(),
        evidence.heldOutLabels(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        reason);
  }

  private static CalibrationStep stepOf(LogitCalibration calibration) {
    if (calibration.hasBiases()) {
      return CalibrationStep.BIAS_CORRECTED_TEMPERATURE;
    }
    return calibration.equals(LogitCalibration.IDENTITY)
        ? CalibrationStep.IDENTITY
        : CalibrationStep.TEMPERATURE;
  }
}
