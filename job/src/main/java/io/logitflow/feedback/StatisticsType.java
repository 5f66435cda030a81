package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.connector.OpaqueType;

/** Flink's type of {@link CalibrationStatistics}, in their own versioned form. */
final class StatisticsType extends OpaqueType<CalibrationStatistics> {

  static final StatisticsType INSTANCE = new StatisticsType();

  private static final long serialVersionUID = 1L;

  private StatisticsType() {
    super(CalibrationStatistics.class, StatisticsSerializer.INSTANCE);
  }
}
