package io.logitflow.generator;

import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.drift.DriftPlan;
import io.logitflow.generator.encoding.FeatureEncoder;
import io.logitflow.generator.encoding.LabelEncoder;
import io.logitflow.generator.encoding.RecordIds;
import io.logitflow.generator.random.Purpose;
import io.logitflow.generator.random.SeededRandom;
import io.logitflow.generator.schedule.LabelQueue;
import io.logitflow.generator.schedule.LoadClock;
import io.logitflow.generator.schedule.LoadRate;
import io.logitflow.generator.schedule.PendingLabel;
import io.logitflow.generator.sink.RecordSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * One run, on one thread: features and labels in the order of their times, so that the same seed
 * gives the same stream. Other threads may stop it and read its progress.
 */
final class LoadRun {
  /** A run that lags ends this long after its duration, with the rest unsent. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long HOLD_GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long MAX_LAG_MICROS = TimeUnit.HOURS.toMicros(24);

  private final LoadConfig config;
  private final LoadRate rate;
  private final LoadClock clock;
  private final RecordSink sink;
  private final FeatureEncoder featureEncoder;
  private final LabelEncoder labelEncoder;
  private final Rows rows;
  private final Row row;
  private final RowOrder order;
  private final RecordIds ids;
  private final DriftPlan drifts;
  private final SeededRandom random;
  private final LabelQueue pending;
  private final long passMillis;

  private final AtomicLong sentFeatures = new AtomicLong();
  private final AtomicLong sentLabels = new AtomicLong();
  private final AtomicLong earlyLabels = new AtomicLong();
  private final AtomicLong pendingLabels = new AtomicLong();
  private final Histogram lagMicros = new ConcurrentHistogram(MAX_LAG_MICROS, 3);
  private volatile long startNanos;
  private volatile long startMillis;
  private volatile long endNanos;
  private volatile boolean started;
  private volatile boolean sending = true;
  private volatile boolean finished;
  private volatile boolean stopped;
  private volatile boolean heldBack;

  LoadRun(
      LoadConfig config,
      LoadClock clock,
      RecordSink sink,
      FeatureEncoder featureEncoder,
      LabelEncoder labelEncoder) {
    this.config = config;
    this.rate = config.rate();
    this.clock = clock;
    this.sink = sink;
    this.featureEncoder = featureEncoder;
    this.labelEncoder = labelEncoder;
    this.rows = config.dataset().rows(config.split());
    this.row = rows.newRow();
    this.order = new RowOrder(rows.size(), config.passes(), config.shuffle(), config.seed());
    this.ids = new RecordIds(config.dataset().name());
    this.drifts = new DriftPlan(config.drifts(), config.dataset(), rows, config.seed());
    this.random = new SeededRandom(config.seed());
    this.pending = new LabelQueue(config.maxPendingLabels());
    this.passMillis = config.eventTime() == EventTime.DATA ? passMillis() : 0;
  }

  void run() throws InterruptedException {
    startMillis = clock.currentTimeMillis();
    startNanos = clock.nanoTime();
    started = true;
    try {
      sendFeatures();
      sending = false;
      sendPendingLabels();
      sink.flush();
    } finally {
      endNanos = elapsedNanos();
      finished = true;
    }
  }

  void stop() {
    stopped = true;
  }

  /** Whether to hold back features; labels still go out when they are due. */
  void holdBack(boolean hold) {
    heldBack = hold;
  }

  private void sendFeatures() throws InterruptedException {
    long endOfSchedule = config.duration().toNanos();
    long sent = 0;
    while (sent < config.limit() && !stopped && order.advance()) {
      while (heldBack && !stopped && elapsedNanos() < endOfSchedule) {
        waitUntil(elapsedNanos() + HOLD_GLANCE_NANOS);
      }
      rows.read(order.index(), row);
      long dueNanos = rate.unlimited() ? elapsedNanos() : rate.dueNanos(sent);
      if (!drifts.keeps(row, order.pass(), order.index(), dueNanos, sent)) {
        continue;
      }
      if (dueNanos >= endOfSchedule) {
        return;
      }
      long nowNanos = waitUntil(dueNanos);
      if (stopped || nowNanos - GRACE_NANOS >= endOfSchedule) {
        return;
      }
      sendRow(dueNanos, sent);
      if (!rate.unlimited()) {
        long lag = Math.max(0, nowNanos - dueNanos) / 1_000;
        lagMicros.recordValue(Math.min(lag, MAX_LAG_MICROS));
      }
      sentFeatures.lazySet(++sent);
    }
  }

  private void sendRow(long dueNanos, long sent) throws InterruptedException {
    long pass = order.pass();
    int index = order.index();
    drifts.distort(row, pass, index, dueNanos, sent);
    byte[] id = ids.id(pass, index, row.id());
    byte[] segment = row.segment() == null ? null : row.segment().getBytes(StandardCharsets.UTF_8);
    long time =
        config.eventTime() == EventTime.DATA
            ? row.time() + pass * passMillis
            : startMillis + dueNanos / 1_000_000;
    sink.sendFeatures(
        id, featureEncoder.encode(id, time, segment, row.features(), row.indices()), time);
    if (config.kafka().labels().isPresent()) {
      schedule(id, time, dueNanos, pass, index);
    }
  }

  /** Sends the label of the row that was just sent, or puts it off. */
  private void schedule(byte[] id, long time, long dueNanos, long pass, int index)
      throws InterruptedException {
    if (config.labelDelay().isNone()) {
      send(new PendingLabel(id, row.label(), time, row.trueProbabilities()));
      return;
    }
    random.at(Purpose.LABEL_DELAY, pass, index);
    long delayNanos = config.labelDelay().drawNanos(random);
    if (pending.isFull()) {
      sendEarly(pending.poll());
    }
    pending.add(
        new PendingLabel(
            id, row.label(), time + delayNanos / 1_000_000, row.trueProbabilities().clone()),
        dueNanos + delayNanos);
    pendingLabels.lazySet(pending.size());
  }

  private void send(PendingLabel label) throws InterruptedException {
    byte[] value = labelEncoder.encode(label.id(), label.time(), label.label());
    sink.sendLabel(label.id(), value, label.time(), label.trueProbabilities());
    sentLabels.lazySet(sentLabels.get() + 1);
  }

  /**
   * Sends a label before its time. It is known now, so this is its event time, unless times are the
   * data's; a broker refuses timestamps that are far in the future.
   */
  private void sendEarly(PendingLabel label) throws InterruptedException {
    long latest =
        config.eventTime() == EventTime.DATA
            ? Long.MAX_VALUE
            : startMillis + elapsedNanos() / 1_000_000;
    send(
        new PendingLabel(
            label.id(), label.label(), Math.min(label.time(), latest), label.trueProbabilities()));
    earlyLabels.lazySet(earlyLabels.get() + 1);
  }

  /**
   * Sends the labels that come due until a time, and returns when it has come or the run is
   * stopped.
   *
   * @return the time it is now
   */
  private long waitUntil(long dueNanos) throws InterruptedException {
    while (true) {
      long nowNanos = elapsedNanos();
      if (pending.earliestDueNanos() <= nowNanos) {
        while (pending.earliestDueNanos() <= Math.min(nowNanos, dueNanos)) {
          send(pending.poll());
        }
        pendingLabels.lazySet(pending.size());
      }
      if (nowNanos >= dueNanos || stopped) {
        return nowNanos;
      }
      clock.waitAWhile(Math.min(dueNanos, pending.earliestDueNanos()) - nowNanos);
    }
  }

  private void sendPendingLabels() throws InterruptedException {
    if (config.pendingLabels() == PendingLabelPolicy.DROP) {
      pending.clear();
    }
    if (config.pendingLabels() == PendingLabelPolicy.WAIT) {
      long waitEnd = elapsedNanos() + config.pendingLabelsWait().toNanos();
      while (pending.earliestDueNanos() <= waitEnd && pending.size() > 0 && !stopped) {
        waitUntil(pending.earliestDueNanos());
      }
    }
    while (pending.size() > 0) {
      sendEarly(pending.poll());
    }
    pendingLabels.lazySet(0);
  }

  private long elapsedNanos() {
    return clock.nanoTime() - startNanos;
  }

  /** What a pass adds to the times of the data, so that the next pass is later than this one. */
  private long passMillis() {
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      earliest = Math.min(earliest, row.time());
      latest = Math.max(latest, row.time());
    }
    return latest - earliest + 1;
  }

  LoadProgress progress() {
    if (!started) {
      return LoadProgress.NOTHING;
    }
    long elapsed = finished ? endNanos : elapsedNanos();
    long sent = sentFeatures.get();
    long lag = sending && !finished ? Math.max(0, elapsed - rate.dueNanos(sent)) : 0;
    return new LoadProgress(
        Duration.ofNanos(elapsed),
        sent,
        sentLabels.get(),
        pendingLabels.get(),
        earlyLabels.get(),
        rate.perSecondAt(elapsed),
        elapsed > 0 ? sent * 1e9 / elapsed : 0,
        Duration.ofNanos(rate.unlimited() ? 0 : lag),
        lagAt(50),
        lagAt(99),
        lagAt(100),
        finished);
  }

  private Duration lagAt(double percentile) {
    return Duration.ofNanos(lagMicros.getValueAtPercentile(percentile) * 1_000);
  }
}
