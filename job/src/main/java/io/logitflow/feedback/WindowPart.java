package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A part of the statistics of a window.
 *
 * @param key what they are of
 * @param statistics statistics; not changed any more
 * @param unmatchedLabels labels without a prediction
 */
public record WindowPart(
    StatisticsKey key,
    @TypeInfo(StatisticsTypeFactory.class) CalibrationStatistics statistics,
    long unmatchedLabels) {}
