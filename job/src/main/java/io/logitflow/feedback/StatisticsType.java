package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's type of {@link CalibrationStatistics}, in their own versioned form. */
final class StatisticsType extends TypeInformation<CalibrationStatistics> implements Serializable {

  static final StatisticsType INSTANCE = new StatisticsType();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<CalibrationStatistics> getTypeClass() {
    return CalibrationStatistics.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<CalibrationStatistics> createSerializer(SerializerConfig config) {
    return StatisticsSerializer.INSTANCE;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof StatisticsType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StatisticsType;
  }

  @Override
  public int hashCode() {
    return StatisticsType.class.hashCode();
  }

  @Override
  public String toString() {
    return "CalibrationStatistics";
  }
}
