package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink the type of statistics in records. */
public final class StatisticsTypeFactory extends TypeInfoFactory<CalibrationStatistics> {

  @Override
  public TypeInformation<CalibrationStatistics> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> parameters) {
    return StatisticsType.INSTANCE;
  }
}
