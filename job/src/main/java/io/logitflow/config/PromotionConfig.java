package io.logitflow.config;

import io.logitflow.promotion.DriftPolicy;
import io.logitflow.promotion.PromotionPolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * How challengers are tested, and when a champion counts as worse than it was.
 *
 * @param mode what becomes of the outcome of a test
 * @param interval event time between two records of a test that goes on
 * @param policy what it takes to replace a champion
 * @param driftAlarm whether there are alarms
 * @param drift when there is one
 */
public record PromotionConfig(
    PromotionMode mode,
    Duration interval,
    PromotionPolicy policy,
    boolean driftAlarm,
    DriftPolicy drift)
    implements Serializable {

  /** Nobody is tested and nothing is watched. */
  public static final PromotionConfig NOTHING =
      new PromotionConfig(
          PromotionMode.OFF,
          Duration.ZERO,
          new PromotionPolicy(0.05, 100, 1, 1, 0, 0),
          false,
          new DriftPolicy(1, 1));

  /** Whether there is anything to do. */
  public boolean isOn() {
    return driftAlarm || mode != PromotionMode.OFF;
  }
}
