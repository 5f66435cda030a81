package io.logitflow.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.generator.TestingSink.Sent;
import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.generator.drift.Drift;
import io.logitflow.generator.schedule.Burst;
import io.logitflow.generator.schedule.LabelDelay;
import io.logitflow.generator.schedule.LoadRate;
import io.logitflow.generator.sink.DeliveryException;
import io.logitflow.generator.sink.RecordSink;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LoadGeneratorTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = TestingClock.START_MILLIS;

  private static Dataset digits;

  private final TestingClock clock = new TestingClock();
  private final TestingSink sink = new TestingSink(clock);

  @BeforeAll
  static void open() throws Exception {
    digits = DatasetCatalogue.open("digits");
  }

  private static LoadConfig.Builder digits() {
    return LoadConfig.builder().dataset(digits);
  }

  private LoadProgress run(LoadConfig.Builder config) throws InterruptedException {
    return run(config, sink);
  }

  private LoadProgress run(LoadConfig.Builder config, RecordSink into) throws InterruptedException {
    LoadGenerator generator = new LoadGenerator(config.build(), clock, opened -> into);
    generator.run();
    return generator.progress();
  }

  @Nested
  final class Replay {
    @Test
    void everyRowOfTheSplitIsSentOnceInFileOrderWithItsLabel() throws Exception {
      LoadProgress progress = run(digits());
      Rows rows = digits.rows(Split.TEST);
      assertThat(sink.features).hasSize(397);
      assertThat(sink.labels).hasSize(397);
      for (int i = 0; i < 397; i++) {
        FeatureRecord features = sink.features.get(i).value();
        assertThat(features.getId()).isEqualTo("digits-0-" + i);
        assertThat(sink.features.get(i).key()).isEqualTo(features.getId());
        assertThat(features.getFeatures()).isEqualTo(boxed(rows.features(i)));
        assertThat(features.getSegment()).isNull();
        Label label = sink.labels.get(i).value();
        assertThat(label.getRecordId()).isEqualTo(features.getId());
        assertThat(label.getLabel()).isEqualTo(rows.label(i));
      }
      assertThat(progress.sentFeatures()).isEqualTo(397);
      assertThat(progress.sentLabels()).isEqualTo(397);
      assertThat(progress.finished()).isTrue();
      assertThat(sink.flushed).isTrue();
      assertThat(sink.closed).isTrue();
    }

    @Test
    void furtherPassesHaveIdsOfTheirOwn() throws Exception {
      run(digits().passes(3));
      assertThat(sink.features).hasSize(3 * 397);
      assertThat(sink.features.get(397).key()).isEqualTo("digits-1-0");
      assertThat(new HashSet<>(sink.order)).hasSize(sink.order.size());
    }

    @Test
    void limitRunsOverPassesAndEndsInTheMiddle() throws Exception {
      run(digits().limit(500));
      assertThat(sink.features).hasSize(500);
      assertThat(sink.features.get(499).key()).isEqualTo("digits-1-102");
    }

    @Test
    void withoutLabelsNoneAreSent() throws Exception {
      run(digits().withoutLabels().labelDelay(LabelDelay.parse("constant:1s")));
      assertThat(sink.features).hasSize(397);
      assertThat(sink.labels).isEmpty();
    }

    @Test
    void labelsNameTheirClassIfAskedTo() throws Exception {
      Dataset flights = DatasetCatalogue.open("flights");
      run(LoadConfig.builder().dataset(flights).labelFormat(LabelFormat.NAME).limit(3));
      assertThat(sink.labels)
          .extracting(label -> label.value().getLabel())
          .containsExactly("late15", "ontime", "late15");
    }

    @Test
    void generatorRunsOnlyOnce() throws Exception {
      LoadGenerator generator = new LoadGenerator(digits().limit(1).build(), clock, opened -> sink);
      generator.run();
      assertThatThrownBy(generator::run).isInstanceOf(IllegalStateException.class);
    }
  }

  @Nested
  final class Schedule {
    @Test
    void recordsGoOutWhenTheyAreDue() throws Exception {
      LoadProgress progress = run(digits().rate(50).limit(101));
      for (int i = 0; i < 101; i++) {
        assertThat(sink.features.get(i).at()).isEqualTo(i * SECOND / 50);
        assertThat(sink.features.get(i).timestamp()).isEqualTo(START + i * 20L);
        assertThat(sink.features.get(i).value().getTime().toEpochMilli())
            .isEqualTo(START + i * 20L);
      }
      assertThat(progress.elapsed()).isEqualTo(Duration.ofSeconds(2));
      assertThat(progress.achievedRate()).isCloseTo(50.5, within(1e-9));
      assertThat(progress.largestLag()).isZero();
    }

    @Test
    void burstsGoOutFaster() throws Exception {
      Burst burst = Burst.parse("5x:1s:every=4s");
      run(digits().rate(new LoadRate(10, Optional.of(burst))).duration(Duration.ofSeconds(9)));
      int[] perSecond = new int[9];
      for (Sent<FeatureRecord> sent : sink.features) {
        perSecond[(int) (sent.at() / SECOND)]++;
      }
      assertThat(perSecond).containsExactly(10, 10, 10, 10, 50, 10, 10, 10, 50);
    }

    @Test
    void durationEndsTheFeatures() throws Exception {
      run(digits().rate(100).duration(Duration.ofMillis(500)));
      assertThat(sink.features).hasSize(50);
      assertThat(sink.features.get(49).at()).isEqualTo(490_000_000);
    }

    @Test
    void stallIsCaughtUpWithAndShowsInEventTimesAndLag() throws Exception {
      TestingSink stalling =
          new TestingSink(
              clock,
              sent -> {
                if (sent == 10) {
                  clock.pass(500, TimeUnit.MILLISECONDS);
                }
              });
      LoadProgress progress = run(digits().rate(100).limit(100), stalling);
      // Record 10 was due at 100 ms and goes out at 590 ms, when the stall is over.
      Sent<FeatureRecord> late = stalling.features.get(10);
      assertThat(late.at()).isEqualTo(590_000_000);
      assertThat(late.timestamp()).isEqualTo(START + 100);
      assertThat(stalling.features.get(59).at()).isEqualTo(590_000_000);
      assertThat(stalling.features.get(60).at()).isEqualTo(600_000_000);
      assertThat(progress.largestLag().toMillis()).isEqualTo(490);
      assertThat(progress.medianLag().toMillis()).isBetween(0L, 10L);
      assertThat(progress.elapsed()).isEqualTo(Duration.ofMillis(990));
    }

    @Test
    void featuresThatAreHeldBackAreLateAndLabelsGoOutMeanwhile() throws Exception {
      LoadGenerator[] generator = new LoadGenerator[1];
      TestingSink held = new TestingSink(clock, sent -> generator[0].holdBack(sent == 10));
      held.afterLabel(sent -> generator[0].holdBack(sent < 5));
      LoadConfig config =
          digits().rate(10).limit(20).labelDelay(LabelDelay.parse("constant:1s")).build();
      generator[0] = new LoadGenerator(config, clock, opened -> held);
      generator[0].run();
      // Record 10 was due at 1.0 s and waits for the fifth label, which comes at 1.4 s.
      assertThat(held.features.get(9).at()).isEqualTo(900_000_000);
      assertThat(held.labels.get(4).at()).isEqualTo(1_400_000_000);
      assertThat(held.features.get(10).at()).isBetween(1_400_000_000L, 1_410_000_000L);
      assertThat(held.features.get(10).timestamp()).isEqualTo(START + 1_000);
      assertThat(held.features).hasSize(20);
      assertThat(held.labels).hasSize(20);
      assertThat(generator[0].progress().largestLag().toMillis()).isBetween(400L, 410L);
    }

    @Test
    void runThatLagsTooFarEndsSoonAfterItsDuration() throws Exception {
      TestingSink slow = new TestingSink(clock, sent -> clock.pass(100, TimeUnit.MILLISECONDS));
      LoadProgress progress = run(digits().rate(100).duration(Duration.ofSeconds(3)), slow);
      assertThat(progress.sentFeatures()).isEqualTo(40);
      assertThat(progress.elapsed()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void unlimitedRateHasTheTimeOfSending() throws Exception {
      TestingSink slow = new TestingSink(clock, sent -> clock.pass(3, TimeUnit.MILLISECONDS));
      LoadProgress progress = run(digits().limit(10), slow);
      assertThat(slow.features.get(9).timestamp()).isEqualTo(START + 27);
      assertThat(progress.targetRate()).isZero();
      assertThat(progress.lag()).isZero();
    }

    @Test
    void timesOfTheDataAreKeptAndGoOnInTheNextPass() throws Exception {
      Dataset flights = DatasetCatalogue.open("flights");
      run(
          LoadConfig.builder()
              .dataset(flights)
              .split(Split.VALIDATION)
              .eventTime(EventTime.DATA)
              .labelDelay(LabelDelay.parse("constant:1h"))
              .pendingLabels(PendingLabelPolicy.SEND)
              .rate(1e6)
              .limit(10_001));
      Rows rows = flights.rows(Split.VALIDATION);
      Row row = rows.newRow();
      rows.read(0, row);
      long first = row.time();
      rows.read(9_999, row);
      assertThat(sink.features.get(0).timestamp()).isEqualTo(first);
      assertThat(sink.features.get(9_999).value().getTime())
          .isEqualTo(Instant.ofEpochMilli(row.time()));
      assertThat(sink.features.get(10_000).timestamp()).isEqualTo(row.time() + 1);
      assertThat(sink.labels.get(0).timestamp()).isEqualTo(first + 3_600_000);
    }
  }

  @Nested
  final class Labels {
    @Test
    void delayedLabelsGoOutBetweenTheFeaturesInTheOrderOfTheirTimes() throws Exception {
      run(digits().rate(10).limit(4).labelDelay(LabelDelay.parse("constant:150ms")));
      assertThat(sink.order)
          .containsExactly(
              "features digits-0-0",
              "features digits-0-1",
              "label digits-0-0",
              "features digits-0-2",
              "label digits-0-1",
              "features digits-0-3",
              "label digits-0-2",
              "label digits-0-3");
      assertThat(sink.labels.get(0).at()).isEqualTo(150_000_000);
      assertThat(sink.labels.get(3).at()).isEqualTo(450_000_000);
      assertThat(sink.labels.get(3).timestamp()).isEqualTo(START + 450);
      assertThat(sink.labels.get(3).value().getTime().toEpochMilli()).isEqualTo(START + 450);
    }

    @Test
    void randomDelaysNeverComeEarlyAndHaveTheirMean() throws Exception {
      run(
          digits()
              .rate(100)
              .limit(4_000)
              .labelDelay(LabelDelay.parse("exponential:1s"))
              .pendingLabelsWait(Duration.ofMinutes(5)));
      assertThat(sink.labels).hasSize(4_000);
      double sum = 0;
      for (Sent<Label> label : sink.labels) {
        String[] id = label.key().split("-", -1);
        long due = (Long.parseLong(id[1]) * 397 + Long.parseLong(id[2])) * SECOND / 100;
        assertThat(label.at()).isGreaterThanOrEqualTo(due);
        sum += (label.at() - due) / 1e9;
      }
      assertThat(sum / 4_000).isCloseTo(1, within(0.08));
    }

    @Test
    void pendingLabelsAreWaitedForUpToTheLimitAndThenSent() throws Exception {
      LoadProgress progress =
          run(
              digits()
                  .rate(10)
                  .limit(31)
                  .labelDelay(LabelDelay.parse("constant:2500ms"))
                  .pendingLabelsWait(Duration.ofSeconds(1)));
      // The last feature is due at 3 s; labels up to 4 s are those of the first 16.
      assertThat(sink.labels).hasSize(31);
      assertThat(sink.labels.get(15).at()).isEqualTo(4 * SECOND);
      assertThat(progress.earlyLabels()).isEqualTo(15);
      assertThat(sink.labels.get(30).at()).isEqualTo(4 * SECOND);
      // Known when sent: a label from the future would be refused by the broker.
      assertThat(sink.labels.get(30).timestamp()).isEqualTo(START + 4_000);
    }

    @Test
    void pendingLabelsAreSentAtOnceIfAskedTo() throws Exception {
      run(
          digits()
              .rate(10)
              .limit(11)
              .labelDelay(LabelDelay.parse("constant:1h"))
              .pendingLabels(PendingLabelPolicy.SEND));
      assertThat(sink.labels).hasSize(11);
      assertThat(clock.sinceStart()).isEqualTo(SECOND);
    }

    @Test
    void pendingLabelsAreDroppedIfAskedTo() throws Exception {
      LoadProgress progress =
          run(
              digits()
                  .rate(10)
                  .limit(11)
                  .labelDelay(LabelDelay.parse("constant:500ms"))
                  .pendingLabels(PendingLabelPolicy.DROP));
      assertThat(sink.labels).hasSize(6);
      assertThat(progress.pendingLabels()).isZero();
      assertThat(progress.earlyLabels()).isZero();
    }

    @Test
    void fullQueueSendsTheEarliestEarly() throws Exception {
      LoadProgress progress =
          run(
              digits()
                  .rate(10)
                  .limit(10)
                  .labelDelay(LabelDelay.parse("constant:1h"))
                  .maxPendingLabels(3)
                  .pendingLabels(PendingLabelPolicy.DROP));
      assertThat(sink.labels).hasSize(7);
      assertThat(sink.labels.get(0).key()).isEqualTo("digits-0-0");
      assertThat(sink.labels.get(0).at()).isEqualTo(300_000_000);
      assertThat(progress.earlyLabels()).isEqualTo(7);
    }

    @Test
    void trueProbabilitiesTravelWithTheDelayedLabel() throws Exception {
      Dataset synthetic =
          DatasetCatalogue.synthetic(DatasetCatalogue.syntheticModel(4, 3, 1), 50, 1);
      run(
          LoadConfig.builder()
              .dataset(synthetic)
              .rate(100)
              .labelDelay(LabelDelay.parse("uniform:1ms..300ms")));
      Rows rows = synthetic.rows(Split.ALL);
      Row row = rows.newRow();
      assertThat(sink.labels).hasSize(50);
      for (int i = 0; i < 50; i++) {
        rows.read(Integer.parseInt(sink.labels.get(i).key().split("-", -1)[2]), row);
        assertThat(sink.trueProbabilities.get(i)).isEqualTo(row.trueProbabilities());
        assertThat(sink.labels.get(i).value().getLabel()).isEqualTo(row.label());
      }
    }
  }

  @Nested
  final class Repetition {
    @Test
    void sameSeedGivesTheSameStream() throws Exception {
      List<String> first = randomStream(1);
      assertThat(randomStream(1)).isEqualTo(first);
      assertThat(randomStream(2)).isNotEqualTo(first);
    }

    private List<String> randomStream(long seed) throws InterruptedException {
      TestingClock own = new TestingClock();
      TestingSink into = new TestingSink(own);
      LoadConfig config =
          digits()
              .seed(seed)
              .shuffle(true)
              .rate(100)
              .limit(600)
              .labelDelay(LabelDelay.parse("lognormal:500ms:1"))
              .drift(Drift.parse("noise:0.5@1s..3s"))
              .drift(Drift.parse("labels:3=4@2s"))
              .build();
      new LoadGenerator(config, own, opened -> into).run();
      List<String> stream = into.order;
      into.features.forEach(sent -> stream.add(sent.value().toString()));
      into.labels.forEach(sent -> stream.add(sent.value().toString()));
      return stream;
    }

    @Test
    void driftSetsInAtItsPlaceInTheSchedule() throws Exception {
      run(digits().rate(100).drift(Drift.parse("scale:0@2s")).drift(Drift.parse("labels:0=0@1s")));
      for (Sent<FeatureRecord> sent : sink.features) {
        boolean zero = sent.value().getFeatures().stream().allMatch(value -> value == 0);
        assertThat(zero).isEqualTo(sent.at() >= 2 * SECOND);
      }
      assertThat(sink.labels)
          .noneMatch(sent -> sent.at() >= SECOND && sent.value().getLabel().equals(0));
      assertThat(sink.labels)
          .anyMatch(sent -> sent.at() < SECOND && sent.value().getLabel().equals(0));
    }
  }

  @Nested
  final class Ending {
    @Test
    void stopEndsFeaturesAndSendsPendingLabelsWithoutWaiting() throws Exception {
      LoadGenerator[] generator = new LoadGenerator[1];
      TestingSink stopping =
          new TestingSink(
              clock,
              sent -> {
                if (sent == 5) {
                  generator[0].stop();
                }
              });
      LoadConfig config =
          digits()
              .rate(10)
              .passes(LoadConfig.FOREVER)
              .labelDelay(LabelDelay.parse("constant:10s"))
              .build();
      generator[0] = new LoadGenerator(config, clock, opened -> stopping);
      generator[0].run();
      assertThat(stopping.features).hasSize(5);
      assertThat(stopping.labels).hasSize(5);
      assertThat(clock.sinceStart()).isLessThan(SECOND);
      assertThat(generator[0].progress().finished()).isTrue();
    }

    @Test
    void stopBeforeTheStartSendsNothing() throws Exception {
      LoadGenerator generator = new LoadGenerator(digits().build(), clock, opened -> sink);
      assertThat(generator.progress()).isEqualTo(LoadProgress.NOTHING);
      generator.stop();
      generator.run();
      assertThat(sink.features).isEmpty();
    }

    @Test
    void failedDeliveryEndsTheRunAndClosesTheSink() {
      TestingSink failing =
          new TestingSink(
              clock,
              sent -> {
                if (sent == 3) {
                  throw new DeliveryException("Cannot send to topic 'features': gone", null);
                }
              });
      LoadGenerator generator = new LoadGenerator(digits().build(), clock, opened -> failing);
      assertThatThrownBy(generator::run)
          .isInstanceOf(DeliveryException.class)
          .hasMessage("Cannot send to topic 'features': gone");
      assertThat(failing.closed).isTrue();
      assertThat(generator.progress().finished()).isTrue();
      assertThat(generator.progress().sentFeatures()).isEqualTo(2);
    }
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return List.of(boxed);
  }
}
