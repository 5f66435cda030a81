package io.logitflow.feedback;

import io.logitflow.promotion.DriftDetector;

/**
 * The detector of a drift, and whom it watches.
 *
 * @param weights weights of the champion
 * @param detector the detector
 */
public record DriftWatch(String weights, DriftDetector detector) {

  static DriftWatch of(String weights) {
    return new DriftWatch(weights, DriftDetector.START);
  }

  DriftWatch with(DriftDetector next) {
    return new DriftWatch(weights, next);
  }
}
