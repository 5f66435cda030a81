package io.logitflow.workflow;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * How event time is told.
 *
 * @param maxOutOfOrderness how much later than a later record a record may come
 * @param idleness after how long without records a partition holds nothing up any more
 */
public record EventTime(Duration maxOutOfOrderness, Duration idleness) {

  <T> WatermarkStrategy<T> watermarks() {
    return WatermarkStrategy.<T>forBoundedOutOfOrderness(maxOutOfOrderness).withIdleness(idleness);
  }
}
