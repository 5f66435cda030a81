package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.CalibrationStatisticsFormat;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serialises {@link CalibrationStatistics} in their own versioned form. */
public final class StatisticsSerializer extends TypeSerializerSingleton<CalibrationStatistics> {

  static final StatisticsSerializer INSTANCE = new StatisticsSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public CalibrationStatistics createInstance() {
    return new CalibrationStatistics(1);
  }

  @Override
  public CalibrationStatistics copy(CalibrationStatistics from) {
    return from.copy();
  }

  @Override
  public CalibrationStatistics copy(CalibrationStatistics from, CalibrationStatistics reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(CalibrationStatistics statistics, DataOutputView target)
      throws IOException {
    CalibrationStatisticsFormat.write(statistics, target);
  }

  @Override
  public CalibrationStatistics deserialize(DataInputView source) throws IOException {
    return CalibrationStatisticsFormat.read(source);
  }

  @Override
  public CalibrationStatistics deserialize(CalibrationStatistics reuse, DataInputView source)
      throws IOException {
    return CalibrationStatisticsFormat.read(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    CalibrationStatisticsFormat.write(CalibrationStatisticsFormat.read(source), target);
  }

  @Override
  public TypeSerializerSnapshot<CalibrationStatistics> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Stands for the serialiser in checkpoints, which name this class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CalibrationStatistics> {

    /** Creates a snapshot. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
