package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.config.RecalibrationConfig;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ProducedRecord;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decides, when enough labels have matured, whether another calibration would serve better, and
 * publishes it. Every decision becomes a record, whatever it is.
 *
 * <p>Only complete windows count, so that labels which come early have no more weight than others,
 * and only logits of the weights that serve now. Sums come with the windows; beside them a sample
 * of labelled records is kept, for what sums cannot tell. A record stands in the sample or not by
 * the hash of its id.
 */
public final class Recalibration
    extends KeyedCoProcessFunction<String, WindowReport, LabelledRecord, ProducedRecord> {

  private static final long serialVersionUID = 1L;

  private final String model;
  private final Windowing windowing;
  private final RecalibrationConfig config;
  private final ModelDirectory.Factory models;
  private final ModelTopic.Factory modelTopic;

  private transient MapState<StatisticsKey, CalibrationStatistics> windows;
  private transient MapState<Long, LabelledRecord> sample;
  private transient ValueState<RecalibrationProgress> progress;
  private transient Recalibrator recalibrator;

  /** Creates the function. */
  public Recalibration(FeedbackSettings settings) {
    this.model = settings.model();
    this.windowing = settings.windowing();
    this.config = settings.recalibration();
    this.models = settings.models();
    this.modelTopic = settings.modelTopic();
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows", TypeInformation.of(StatisticsKey.class), StatisticsType.INSTANCE));
    sample =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "sample", Types.LONG, TypeInformation.of(LabelledRecord.class)));
    progress =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "progress", TypeInformation.of(RecalibrationProgress.class)));
    recalibrator = new Recalibrator(model, config.mode(), models.open(), modelTopic.open());
  }

  @Override
  public void processElement1(
      WindowReport report, Context context, Collector<ProducedRecord> decisions) throws Exception {
    CalibrationStatistics before = windows.get(report.key());
    windows.put(report.key(), report.statistics().temperatureSums());
    long matured = report.statistics().labelled() - (before == null ? 0 : before.labelled());
    progress.update(progress(report.key().windowStart()).matured(matured));
    // Not now: records of the sample that were sent before the window was complete may be behind.
    context.timerService().registerEventTimeTimer(windowing.completeAt(report.key().windowStart()));
  }

  @Override
  public void processElement2(
      LabelledRecord record, Context context, Collector<ProducedRecord> decisions)
      throws Exception {
    RecalibrationProgress now = progress(windowing.start(record.time()));
    if (record.trueClass() < 0) {
      if (sample.contains(record.recordHash())) {
        sample.remove(record.recordHash());
        progress.update(now.sampled(now.sampled() - 1));
      }
      return;
    }
    if (!now.samples(record.recordHash())) {
      return;
    }
    boolean isNew = !sample.contains(record.recordHash());
    sample.put(record.recordHash(), record);
    now = isNew ? now.sampled(now.sampled() + 1) : now;
    progress.update(now.sampled() > 2L * config.sample() ? thinned(now) : now);
  }

  /** Halves the sample. */
  private RecalibrationProgress thinned(RecalibrationProgress before) throws Exception {
    RecalibrationProgress thinner = before.thinner();
    int left = 0;
    var entries = sample.iterator();
    while (entries.hasNext()) {
      if (thinner.samples(entries.next().getKey())) {
        left++;
      } else {
        entries.remove();
      }
    }
    return thinner.sampled(left);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ProducedRecord> decisions)
      throws Exception {
    RecalibrationProgress reached = progress.value();
    if (!reached.isDue(time, config)) {
      return;
    }
    RecalibrationEvidence evidence =
        RecalibrationEvidence.gather(
            windows.entries(), sample.values(), windowing, config.sample(), recalibrator::weights);
    decisions.collect(recalibrator.decide(evidence, time));
    progress.update(progress.value().decided(time));
    forget(evidence.oldestWindow());
  }

  /** Forgets what was too old for the evidence. */
  private void forget(long oldestWindow) throws Exception {
    var keys = windows.keys().iterator();
    while (keys.hasNext()) {
      if (keys.next().windowStart() < oldestWindow) {
        keys.remove();
      }
    }
    int left = 0;
    var entries = sample.iterator();
    while (entries.hasNext()) {
      Map.Entry<Long, LabelledRecord> entry = entries.next();
      if (entry.getValue().time() < oldestWindow) {
        entries.remove();
      } else {
        left++;
      }
    }
    RecalibrationProgress rest = progress.value().sampled(left);
    progress.update(left < config.sample() / 4 ? rest.denser() : rest);
  }

  private RecalibrationProgress progress(long start) throws Exception {
    RecalibrationProgress reached = progress.value();
    return reached == null ? RecalibrationProgress.begun(start) : reached;
  }

  @Override
  public void close() {
    if (recalibrator != null) {
      recalibrator.close();
    }
  }
}
