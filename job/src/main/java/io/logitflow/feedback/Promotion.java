package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.config.PromotionConfig;
import io.logitflow.config.PromotionMode;
import io.logitflow.connector.DecisionRecords;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.promotion.DriftDetector;
import io.logitflow.promotion.TestState;
import io.logitflow.schema.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tests challengers and the previous champion against the champion, window by window in event time,
 * and watches the champion for a drift.
 *
 * <p>A window counts once, as it is when it is complete: labels that come later change its record
 * and no test, whose evidence would else depend on what it had said before.
 */
public final class Promotion extends KeyedProcessFunction<String, WindowReport, ProducedRecord> {

  private static final long serialVersionUID = 1L;

  private final String model;
  private final Windowing windowing;
  private final PromotionConfig config;
  private final Candidates.Factory candidates;

  private transient MapState<StatisticsKey, CalibrationStatistics> windows;
  private transient MapState<String, TestProgress> tests;
  private transient ValueState<TestNumbers> numbers;
  private transient ValueState<DriftWatch> drift;
  private transient PromotionRecords records;
  private transient PromotionMetrics metrics;
  private transient Promoter promoter;

  /** Creates the function. */
  public Promotion(FeedbackSettings settings) {
    this(settings, factory(settings));
  }

  Promotion(FeedbackSettings settings, Candidates.Factory candidates) {
    this.model = settings.model();
    this.windowing = settings.windowing();
    this.config = settings.promotion();
    this.candidates = candidates;
  }

  private static Candidates.Factory factory(FeedbackSettings settings) {
    String model = settings.model();
    var directory = settings.models();
    var topic = settings.modelTopic();
    return () -> new PublishedCandidates(model, directory.open(), topic.open());
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows", TypeInformation.of(StatisticsKey.class), StatisticsType.INSTANCE));
    tests =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "tests", Types.STRING, TypeInformation.of(TestProgress.class)));
    numbers =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("numbers", TypeInformation.of(TestNumbers.class)));
    drift =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("drift", TypeInformation.of(DriftWatch.class)));
    records = new PromotionRecords(model);
    metrics = new PromotionMetrics(getRuntimeContext().getMetricGroup());
    promoter = new Promoter(model, config, candidates.open());
  }

  @Override
  public void processElement(
      WindowReport report, Context context, Collector<ProducedRecord> decisions) throws Exception {
    windows.put(report.key(), report.statistics());
    // Not now: other reports of the same window may be behind.
    context.timerService().registerEventTimeTimer(windowing.completeAt(report.key().windowStart()));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ProducedRecord> decisions)
      throws Exception {
    List<Map.Entry<StatisticsKey, CalibrationStatistics>> reports = new ArrayList<>();
    var entries = windows.iterator();
    while (entries.hasNext()) {
      Map.Entry<StatisticsKey, CalibrationStatistics> entry = entries.next();
      if (windowing.completeAt(entry.getKey().windowStart()) == time) {
        reports.add(Map.entry(entry.getKey(), entry.getValue()));
        entries.remove();
      }
    }
    if (reports.isEmpty()) {
      return;
    }
    long start = reports.get(0).getKey().windowStart();
    CompleteWindow window = CompleteWindow.of(start, reports, promoter::weights);
    if (config.driftAlarm()) {
      watch(window, start, time, decisions);
    }
    if (config.mode() != PromotionMode.OFF) {
      for (CompleteWindow.Comparison comparison : window.comparisons()) {
        compare(comparison, time, decisions);
      }
    }
  }

  private void watch(
      CompleteWindow window, long start, long time, Collector<ProducedRecord> decisions)
      throws Exception {
    // A window in which the champion changed tells of neither of them what it usually does.
    if (window.champions().size() != 1) {
      return;
    }
    String weights = window.champions().firstKey();
    CompleteWindow.Champion champion = window.champions().get(weights);
    DriftWatch before = drift.value();
    if (before == null || !before.weights().equals(weights)) {
      before = DriftWatch.of(weights);
    }
    long labelled = champion.labelled();
    DriftDetector now =
        before.detector().after(labelled, labelled - champion.correct(), config.drift());
    metrics.drift(now.logStatistic());
    if (now.isAlarm()) {
      emit(records.alarm(now, config.drift(), champion.version(), start, time), decisions);
      now = now.reset(config.drift());
    }
    drift.update(before.with(now));
  }

  private void compare(
      CompleteWindow.Comparison comparison, long time, Collector<ProducedRecord> decisions)
      throws Exception {
    String key = TestProgress.key(comparison.candidate(), comparison.championWeights());
    TestProgress before = tests.get(key);
    Promoter.Step step;
    if (before == null) {
      Promoter.Kind kind =
          promoter.kind(comparison.candidate(), comparison.championWeights(), tests.values());
      if (kind == Promoter.Kind.NONE) {
        return;
      }
      boolean rollback = kind == Promoter.Kind.ROLLBACK;
      TestNumbers begun = numbers.value() == null ? TestNumbers.NONE : numbers.value();
      TestNumbers next = begun.next(rollback);
      numbers.update(next);
      step = promoter.begin(comparison, kind, next.of(rollback), time);
    } else if (before.test().state() == TestState.SHADOW) {
      step = promoter.look(before, comparison, time);
    } else {
      return;
    }
    tests.put(key, step.progress());
    metrics.evidence(comparison.candidate(), step.judgement().logEvidence());
    if (step.decision().isPresent()) {
      emit(step.decision().get(), decisions);
    }
  }

  private void emit(Decision decision, Collector<ProducedRecord> decisions) {
    metrics.decided(decision);
    decisions.collect(DecisionRecords.of(decision));
  }

  @Override
  public void close() {
    if (promoter != null) {
      promoter.close();
    }
  }
}
