package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.schema.Firing;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sums of each window and reports them: now and then while they change ({@code EARLY}),
 * when the window is complete ({@code ON_TIME}), now and then while they change after that ({@code
 * LATE}), and at the end of the retention for the last time ({@code FINAL}).
 */
public final class CalibrationWindows
    extends KeyedProcessFunction<StatisticsKey, WindowPart, WindowReport> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CalibrationWindows.class);

  private final Windowing windowing;
  private final long reportInterval;
  private transient ValueState<CalibrationStatistics> sums;
  private transient ValueState<WindowProgress> progress;
  private transient Counter afterFinal;

  /** Creates the function. */
  public CalibrationWindows(FeedbackSettings settings) {
    this.windowing = settings.windowing();
    this.reportInterval = settings.reportInterval().toMillis();
  }

  @Override
  public void open(OpenContext context) {
    sums =
        getRuntimeContext().getState(new ValueStateDescriptor<>("sums", StatisticsType.INSTANCE));
    progress =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("progress", TypeInformation.of(WindowProgress.class)));
    afterFinal = getRuntimeContext().getMetricGroup().counter("partsAfterFinal");
  }

  @Override
  public void processElement(WindowPart part, Context context, Collector<WindowReport> out)
      throws Exception {
    long start = part.key().windowStart();
    long watermark = context.timerService().currentWatermark();
    WindowProgress before = progress.value();
    if (before == null) {
      if (watermark >= windowing.finalAt(start)) {
        if (afterFinal.getCount() == 0) {
          LOG.warn(
              "Predictions or labels came for the window at {} after its retention: {}; they are"
                  + " counted by the metric partsAfterFinal and in no window. Is retention too"
                  + " short, or max-out-of-orderness?",
              start,
              part.key());
        }
        afterFinal.inc();
        return;
      }
      before = WindowProgress.BEGUN;
      if (watermark >= windowing.completeAt(start)) {
        before = before.completed();
      } else {
        context.timerService().registerEventTimeTimer(windowing.completeAt(start));
      }
      context.timerService().registerEventTimeTimer(windowing.finalAt(start));
    }
    CalibrationStatistics sum = sums.value();
    if (sum == null) {
      sum = part.statistics();
    } else {
      sum.merge(part.statistics());
    }
    sums.update(sum);
    progress.update(before.after(part));
    if (!before.changed()) {
      context
          .timerService()
          .registerProcessingTimeTimer(
              context.timerService().currentProcessingTime() + reportInterval);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<WindowReport> out)
      throws Exception {
    WindowProgress reached = progress.value();
    if (reached == null) {
      return;
    }
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      if (reached.changed()) {
        report(reached.complete() ? Firing.LATE : Firing.EARLY, reached, context, out);
      }
      return;
    }
    if (time >= windowing.finalAt(context.getCurrentKey().windowStart())) {
      report(Firing.FINAL, reached, context, out);
      sums.clear();
      progress.clear();
    } else {
      report(Firing.ON_TIME, reached.completed(), context, out);
    }
  }

  private void report(
      Firing firing, WindowProgress reached, OnTimerContext context, Collector<WindowReport> out)
      throws Exception {
    out.collect(
        new WindowReport(
            context.getCurrentKey(),
            firing,
            reached.revision(),
            context.timerService().currentWatermark(),
            sums.value().copy(),
            reached.unmatchedLabels()));
    progress.update(reached.reported());
  }
}
