package io.logitflow.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChampionHistoryTest {

  private final List<Decision> decisions = new ArrayList<>();
  private final Map<Long, VersionFacts> versions = new HashMap<>();
  private Optional<CurrentChampion> now = Optional.empty();

  private void decided(long time, DecisionKind kind, long from, long to) {
    decided(time, kind, DecisionOutcome.APPLIED, from, to);
  }

  private void decided(long time, DecisionKind kind, DecisionOutcome outcome, long from, long to) {
    decisions.add(
        Decision.newBuilder()
            .setDecidedAt(Instant.ofEpochMilli(time))
            .setEventTime(Instant.ofEpochMilli(7))
            .setJob("feedback")
            .setModel("m")
            .setKind(kind)
            .setOutcome(outcome)
            .setModelVersion(from)
            .setCandidateVersion(to)
            .setReason("because of " + to)
            .build());
  }

  private void promoted(long time, long from, long to) {
    decided(time, DecisionKind.PROMOTION, from, to);
  }

  private void version(long version, long createdAt, String weights) {
    versions.put(version, new VersionFacts(createdAt, weights));
  }

  private Timeline timeline() {
    return ChampionHistory.of(decisions, now, versions);
  }

  /** Such as {@code 10..20 v2 decision}, with "?" for a champion that is not known. */
  private List<String> reigns() {
    return timeline().reigns().stream().map(ChampionHistoryTest::text).toList();
  }

  private static String text(Reign reign) {
    return "%s..%s %s %s"
        .formatted(
            reign.from() == Reign.EVER ? "" : reign.from(),
            reign.until() == Reign.STILL ? "" : reign.until(),
            reign.isKnown() ? "v" + reign.version() : "?",
            reign.basis());
  }

  @Nested
  class OfDecisions {

    @Test
    void aFirstChampionHasNobodyBefore() {
      decided(10, DecisionKind.RETRAINING, 0, 1);
      promoted(20, 1, 2);

      assertThat(reigns())
          .containsExactly("..10 ? unknown", "10..20 v1 decision", "20.. v2 decision");
    }

    /** Who decides by hand on a first champion names it twice: there is no other version. */
    @Test
    void aFirstChampionMayBeNamedAsItsOwnPredecessor() {
      promoted(10, 1, 1);

      assertThat(reigns()).containsExactly("..10 ? unknown", "10.. v1 decision");
    }

    @Test
    void aRollbackAndAnotherPromotionAreReignsOfTheirOwn() {
      promoted(10, 1, 1);
      promoted(20, 1, 2);
      decided(30, DecisionKind.ROLLBACK, 2, 1);
      promoted(40, 1, 2);

      assertThat(reigns())
          .containsExactly(
              "..10 ? unknown",
              "10..20 v1 decision",
              "20..30 v2 decision",
              "30..40 v1 decision",
              "40.. v2 decision");
    }

    @Test
    void aRecalibrationIsAnotherVersionOfTheSameWeights() {
      version(1, 5, "aa");
      version(2, 6, "bb");
      version(3, 15, "aa");
      promoted(10, 1, 1);
      decided(20, DecisionKind.RECALIBRATION, 1, 3);
      // The test was begun against the weights of version 1, which are those of version 3.
      promoted(30, 1, 2);

      assertThat(reigns())
          .containsExactly(
              "..10 ? unknown", "10..20 v1 decision", "20..30 v3 decision", "30.. v2 decision");
    }

    @ParameterizedTest
    @EnumSource(
        value = DecisionOutcome.class,
        names = {"PROPOSED", "NOT_NOW", "REFUSED", "UNKNOWN"})
    void whatWasNotAppliedMovesNothing(DecisionOutcome outcome) {
      promoted(10, 1, 1);
      decided(20, DecisionKind.PROMOTION, outcome, 1, 2);
      decided(20, DecisionKind.RECALIBRATION, outcome, 1, 3);
      decided(20, DecisionKind.RETRAINING, outcome, 1, 4);

      assertThat(reigns()).containsExactly("..10 ? unknown", "10.. v1 decision");
    }

    @ParameterizedTest
    @EnumSource(
        value = DecisionKind.class,
        names = {"REJECTION", "DRIFT_ALARM", "UNKNOWN"})
    void whatIsNoChangeOfTheChampionMovesNothing(DecisionKind kind) {
      promoted(10, 1, 1);
      decided(20, kind, 1, 2);
      decisions.get(1).setCandidateVersion(null);
      decided(30, kind, 1, 2);

      assertThat(reigns()).containsExactly("..10 ? unknown", "10.. v1 decision");
    }

    @Test
    void theOrderOnTheTopicDoesNotMatter() {
      promoted(10, 1, 1);
      promoted(20, 1, 2);
      decided(30, DecisionKind.ROLLBACK, 2, 1);
      decided(35, DecisionKind.RECALIBRATION, 1, 3);
      promoted(40, 3, 4);
      List<String> inOrder = reigns();
      for (int seed = 0; seed < 20; seed++) {
        Collections.shuffle(decisions, new Random(seed));
        assertThat(reigns()).isEqualTo(inOrder);
      }
    }

    @Test
    void changesOfTheSameMillisecondFollowEachOtherAsVersionsDo() {
      promoted(10, 1, 1);
      promoted(20, 3, 4);
      promoted(20, 2, 3);
      promoted(20, 1, 2);
      promoted(30, 4, 5);

      assertThat(reigns())
          .containsExactly(
              "..10 ? unknown", "10..20 v1 decision", "20..30 v4 decision", "30.. v5 decision");
    }

    @Test
    void theFirstChangesMayBeTiedToo() {
      promoted(10, 2, 3);
      promoted(10, 1, 2);

      assertThat(reigns()).containsExactly("..10 v1 assumed", "10.. v3 decision");
    }

    @Test
    void whatIsDecidedAgainAfterAFailureIsOneChange() {
      promoted(10, 1, 1);
      promoted(20, 1, 2);
      promoted(25, 1, 2);

      assertThat(reigns())
          .containsExactly("..10 ? unknown", "10..20 v1 decision", "20.. v2 decision");
    }

    @Test
    void aReignTellsWhoDecidedAndWhy() {
      promoted(10, 1, 2);
      promoted(20, 2, 3);
      decisions.get(1).setDetails(Map.of("user", "ada"));

      List<Reign> reigns = timeline().reigns();
      assertThat(reigns.get(1).by()).isEqualTo("feedback");
      assertThat(reigns.get(1).kind()).isEqualTo("PROMOTION");
      assertThat(reigns.get(1).reason()).isEqualTo("because of 2");
      assertThat(reigns.get(2).by()).isEqualTo("ada");
    }
  }

  @Nested
  class WhereSomethingIsNotWrittenDown {

    @Test
    void whomTheFirstDecisionReplacedIsAssumedSinceItWasCreated() {
      version(1, 4, "aa");
      promoted(10, 1, 2);

      assertThat(reigns()).containsExactly("..4 ? unknown", "4..10 v1 assumed", "10.. v2 decision");
    }

    @Test
    void aVersionThatIsGoneIsAssumedSinceEver() {
      promoted(10, 1, 2);

      assertThat(reigns()).containsExactly("..10 v1 assumed", "10.. v2 decision");
    }

    @Test
    void theTimeInWhichAChampionWasReplacedIsNobodys() {
      version(1, 1, "aa");
      version(3, 14, "cc");
      promoted(5, 1, 1);
      promoted(20, 3, 4);

      assertThat(reigns())
          .containsExactly(
              "..5 ? unknown", "5..14 v1 decision", "14..20 ? unknown", "20.. v4 decision");
      assertThat(timeline().reigns().get(2).reason())
          .isEqualTo("version 1, and then version 3: when it was replaced is not written down");
    }

    @Test
    void theWholeReignIsIfTheOtherVersionIsOlderOrGone() {
      version(1, 1, "aa");
      version(3, 2, "cc");
      promoted(5, 1, 1);
      promoted(20, 3, 4);
      promoted(30, 7, 8);

      assertThat(reigns())
          .containsExactly(
              "..5 ? unknown", "5..20 ? unknown", "20..30 ? unknown", "30.. v8 decision");
    }

    @Test
    void aClockThatIsBehindMakesNoReignOfNegativeLength() {
      version(1, 50, "aa");
      version(3, 60, "cc");
      promoted(10, 1, 2);
      promoted(20, 3, 4);

      assertThat(reigns())
          .containsExactly("..10 ? unknown", "10..20 v2 decision", "20.. v4 decision");
    }
  }

  @Nested
  class WithTheAlias {

    @Test
    void theAliasAloneTellsOfTheLastReign() {
      now = Optional.of(new CurrentChampion(2, 30, 0, "ada", "better"));

      assertThat(reigns()).containsExactly("..30 ? unknown", "30.. v2 alias");
      assertThat(timeline().reigns().get(1).by()).isEqualTo("ada");
      assertThat(timeline().reigns().get(1).reason()).isEqualTo("better");
    }

    @Test
    void thePreviousChampionIsAssumedBefore() {
      version(1, 4, "aa");
      now = Optional.of(new CurrentChampion(2, 30, 1, "", ""));

      assertThat(reigns()).containsExactly("..4 ? unknown", "4..30 v1 assumed", "30.. v2 alias");
    }

    @Test
    void aLastChangeWithoutADecisionIsTheAliass() {
      promoted(10, 1, 1);
      now = Optional.of(new CurrentChampion(2, 30, 1, "", ""));

      assertThat(reigns()).containsExactly("..10 ? unknown", "10..30 v1 decision", "30.. v2 alias");
    }

    @Test
    void nothingChangesIfItSaysWhatTheLastDecisionSays() {
      promoted(10, 1, 1);
      promoted(20, 1, 2);
      now = Optional.of(new CurrentChampion(2, 23, 1, "", ""));

      assertThat(reigns())
          .containsExactly("..10 ? unknown", "10..20 v1 decision", "20.. v2 decision");
    }

    @Test
    void itIsTheTruthOfNowEvenIfItsClockIsBehind() {
      promoted(10, 1, 1);
      promoted(20, 1, 2);
      now = Optional.of(new CurrentChampion(1, 15, 0, "", ""));

      assertThat(reigns()).containsExactly("..10 ? unknown", "10..20 v1 decision", "20.. v1 alias");
    }
  }

  @Test
  void withoutAnythingNobodyIsKnown() {
    assertThat(reigns()).containsExactly(".. ? unknown");
    assertThat(timeline().hasChampion()).isFalse();
  }

  /** Beside the model in plain words: replay the changes, and look who is champion at a time. */
  @Test
  void everyMomentHasTheChampionOfTheLastChangeBeforeIt() {
    Random random = new Random(11);
    long[] times = LongStream.range(0, 200).map(i -> 10 * i + random.nextInt(10)).toArray();
    long champion = 1;
    List<Long> after = new ArrayList<>();
    for (long time : times) {
      long next = 1L + random.nextInt(5);
      next = next == champion ? next + 1 : next;
      promoted(time, champion, next);
      champion = next;
      after.add(champion);
    }
    Collections.shuffle(decisions, random);

    Timeline timeline = timeline();

    for (long time = 0; time < 2_100; time++) {
      int last = -1;
      while (last + 1 < times.length && times[last + 1] <= time) {
        last++;
      }
      assertThat(timeline.reigns().get(timeline.at(time)).version())
          .as("at %d", time)
          .isEqualTo(last < 0 ? 1 : after.get(last));
    }
    assertThat(timeline.at(Long.MIN_VALUE)).isZero();
    assertThat(timeline.at(Long.MAX_VALUE)).isEqualTo(timeline.reigns().size() - 1);
  }
}
