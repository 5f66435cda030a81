package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.label.LabelGroup;
import io.logitflow.label.TrueLabel;
import io.logitflow.label.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The join of the predictions and labels of a record. */
class RecordHistoryTest {

  private static final String ID = "r";
  private static final long RETENTION = 100;

  /** Version 2 lists the classes of version 1 in another order, and one more. */
  private static final ClassNames NAMES =
      (version, name) ->
          (version == 1 ? List.of("a", "b", "c") : List.of("c", "b", "a", "d")).indexOf(name);

  private static ServedPrediction prediction(long version, boolean challenger, long time) {
    int classes = version == 1 ? 3 : 4;
    float[] probabilities = new float[classes];
    probabilities[1] = 1;
    return new ServedPrediction(time, null, version, 0, challenger, 1, probabilities, new float[0]);
  }

  private static FeedbackEvent event(ServedPrediction... predictions) {
    return FeedbackEvent.predicted(ID, List.of(predictions));
  }

  private static FeedbackEvent event(TrueLabel label) {
    return FeedbackEvent.labelled(ID, label);
  }

  private static TestingConsequences join(FeedbackEvent... events) throws IOException {
    return join(List.of(events));
  }

  /** Through its bytes after every event, as state does it. */
  private static TestingConsequences join(List<FeedbackEvent> events) throws IOException {
    TestingConsequences consequences = new TestingConsequences();
    RecordHistoryFormat format = new RecordHistoryFormat();
    RecordHistory history = new RecordHistory(ID);
    for (FeedbackEvent event : events) {
      int before = history.predictions().size() + labelCount(history);
      boolean changed = history.add(event, NAMES, RETENTION, consequences);
      RecordHistory back = format.read(ID, format.write(history));
      assertThat(back.predictions()).isEqualTo(history.predictions());
      assertThat(back.labels()).isEqualTo(history.labels());
      assertThat(changed).isEqualTo(history.predictions().size() + labelCount(history) > before);
      history = back;
    }
    history.close(consequences);
    return consequences;
  }

  private static int labelCount(RecordHistory history) {
    return history.labels().stream().mapToInt(LabelGroup::count).sum();
  }

  private static Verdict verdict(TestingConsequences consequences, long version) {
    return consequences.judged().values().stream()
        .filter(judged -> judged.prediction().modelVersion() == version)
        .map(Judged::verdict)
        .findAny()
        .orElse(Verdict.NONE);
  }

  @Nested
  class LabelsOfARecord {

    private final ServedPrediction champion = prediction(1, false, 1_000);

    @Test
    void oneLabelIsTheTruth() throws IOException {
      TrueLabel label = TrueLabel.ofName(1_040, "c", null);
      for (TestingConsequences is :
          List.of(join(event(champion), event(label)), join(event(label), event(champion)))) {
        assertThat(verdict(is, 1)).isEqualTo(new Verdict(2, 40, 0, 0, 0, 0, 0));
        assertThat(is.unmatched()).isEmpty();
      }
    }

    @Test
    void aRepeatedLabelChangesNothingButItsCount() throws IOException {
      TrueLabel again = TrueLabel.ofIndex(1_060, 2, null);
      assertThat(
              verdict(
                  join(
                      event(champion),
                      event(TrueLabel.ofIndex(1_040, 2, null)),
                      event(again),
                      event(TrueLabel.ofName(1_070, "c", "reviewer"))),
                  1))
          .isEqualTo(new Verdict(2, 70, 2, 0, 0, 0, 0));
    }

    @Test
    void theSameSourceCorrectsItselfAndAnotherContradicts() throws IOException {
      FeedbackEvent first = event(TrueLabel.ofIndex(1_010, 0, "x"));
      FeedbackEvent corrected = event(TrueLabel.ofIndex(1_020, 1, "x"));
      FeedbackEvent other = event(TrueLabel.ofIndex(1_015, 2, "y"));
      assertThat(verdict(join(first, event(champion), other, corrected), 1))
          .isEqualTo(new Verdict(1, 20, 0, 1, 1, 0, 0));
    }

    @Test
    void labelsOfNoClassAndLateOnesAreCountedOnly() throws IOException {
      assertThat(
              verdict(
                  join(
                      event(champion),
                      event(TrueLabel.ofName(1_010, "z", null)),
                      event(TrueLabel.ofIndex(1_010, 3, null)),
                      event(TrueLabel.ofIndex(1_010, -1, null)),
                      event(TrueLabel.ofIndex(1_101, 0, null))),
                  1))
          .isEqualTo(new Verdict(-1, 0, 0, 0, 0, 3, 1));
    }

    @Test
    void aLabelAtTheVeryEndOfTheRetentionIsInTime() throws IOException {
      assertThat(verdict(join(event(champion), event(TrueLabel.ofIndex(1_100, 0, null))), 1))
          .isEqualTo(new Verdict(0, 100, 0, 0, 0, 0, 0));
    }

    @Test
    void labelsWithoutPredictionAreReportedAtTheEnd() throws IOException {
      TestingConsequences is =
          join(event(TrueLabel.ofIndex(5, 0, null)), event(TrueLabel.ofIndex(6, 0, null)));
      assertThat(is.unmatched()).containsExactly(Map.entry(ID, 2));
      assertThat(is.judged()).isEmpty();
    }

    @Test
    void aNameMeansTheClassOfEachVersion() throws IOException {
      TestingConsequences is =
          join(
              event(champion),
              event(prediction(2, true, 1_000)),
              event(TrueLabel.ofName(1_001, "a", null)));
      assertThat(verdict(is, 1).trueClass()).isZero();
      assertThat(verdict(is, 2).trueClass()).isEqualTo(2);
    }
  }

  @Nested
  class Champions {

    @Test
    void aChallengerIsComparedWithTheChampionInWhateverOrderTheyCome() throws IOException {
      FeedbackEvent champion = event(prediction(1, false, 0));
      FeedbackEvent challenger = event(prediction(2, true, 0));
      FeedbackEvent label = event(TrueLabel.ofName(1, "b", null));
      for (List<FeedbackEvent> order :
          List.of(
              List.of(champion, challenger, label),
              List.of(challenger, label, champion),
              List.of(label, challenger, champion))) {
        TestingConsequences is = join(order);
        assertThat(is.judged()).hasSize(2);
        assertThat(is.judged().get(new TestingConsequences.Of(ID, 2, true)).champion())
            .isEqualTo(champion.predictions().get(0));
        assertThat(is.judged().get(new TestingConsequences.Of(ID, 2, true)).championClass())
            .isEqualTo(1);
        assertThat(is.judged().get(new TestingConsequences.Of(ID, 1, false)).champion()).isNull();
      }
    }

    @Test
    void theTrueClassIsThatOfEachOfTheTwo() throws IOException {
      TestingConsequences is =
          join(
              event(prediction(1, false, 0)),
              event(prediction(2, true, 0)),
              event(TrueLabel.ofName(1, "a", null)));
      Judged challenger = is.judged().get(new TestingConsequences.Of(ID, 2, true));
      assertThat(challenger.verdict().trueClass()).isEqualTo(2);
      assertThat(challenger.championClass()).isZero();
    }

    @Test
    void aChampionWithoutTheTrueClassIsNotComparedWith() throws IOException {
      TestingConsequences is =
          join(
              event(prediction(1, false, 0)),
              event(prediction(2, true, 0)),
              event(TrueLabel.ofName(1, "d", null)));
      Judged challenger = is.judged().get(new TestingConsequences.Of(ID, 2, true));
      assertThat(challenger.verdict().isLabelled()).isTrue();
      assertThat(challenger.champion()).isNull();
    }

    @Test
    void aPredictionThatComesTwiceCountsOnce() throws IOException {
      FeedbackEvent champion = event(prediction(1, false, 0));
      TestingConsequences is =
          join(champion, event(prediction(1, false, 0)), event(TrueLabel.ofIndex(1, 1, null)));
      assertThat(is.predicted().values()).containsExactly(1);
      assertThat(is.repeated().values()).containsExactly(1);
      assertThat(is.judged()).hasSize(1);
    }
  }

  @Nested
  class Interleavings {

    /**
     * Random histories in random orders against a plain model that looks at all events at once.
     * Times, sources and classes are few, so that ties, repetitions and contradictions are many.
     */
    @Test
    void anyInterleavingAddsUpToWhatAPlainModelSays() throws IOException {
      Random random = new Random(4);
      for (int round = 0; round < 1_000; round++) {
        List<FeedbackEvent> events = randomEvents(random);
        PlainJoin expected = new PlainJoin(events);
        for (int order = 0; order < 3; order++) {
          Collections.shuffle(events, random);
          TestingConsequences is = join(events);
          expected.assertEqualTo(is, events.toString());
        }
      }
    }
  }

  private static List<FeedbackEvent> randomEvents(Random random) {
    List<FeedbackEvent> events = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      // Together with its shadow, or one of them alone, as records of earlier releases are.
      ServedPrediction champion = prediction(1, false, 1_000);
      ServedPrediction challenger = prediction(2, true, 1_000);
      events.add(
          switch (random.nextInt(4)) {
            case 0 -> event(champion);
            case 1 -> event(challenger);
            case 2 -> event(champion, challenger);
            default -> event(champion, challenger, challenger);
          });
    }
    String[] sources = {null, "x", "y"};
    String[] names = {"a", "b", "c", "d", "z"};
    for (int i = random.nextInt(6); i > 0; i--) {
      long time = 995 + random.nextInt(4) * 40L;
      String source = sources[random.nextInt(3)];
      events.add(
          event(
              random.nextBoolean()
                  ? TrueLabel.ofIndex(time, random.nextInt(6) - 1, source)
                  : TrueLabel.ofName(time, names[random.nextInt(5)], source)));
    }
    return events;
  }

  /** What the events mean, told slowly and from all of them. */
  private record PlainJoin(List<FeedbackEvent> events) {

    PlainJoin {
      events = List.copyOf(events);
    }

    private List<TrueLabel> labels() {
      return events.stream().map(FeedbackEvent::label).filter(Objects::nonNull).toList();
    }

    void assertEqualTo(TestingConsequences is, String described) {
      int predictions = 0;
      for (long version = 1; version <= 2; version++) {
        long of = version;
        long count =
            events.stream()
                .flatMap(e -> e.predictions().stream())
                .filter(prediction -> prediction.modelVersion() == of)
                .count();
        if (count == 0) {
          continue;
        }
        predictions++;
        TestingConsequences.Of key = new TestingConsequences.Of(ID, version, version == 2);
        assertThat(is.predicted()).as(described).containsEntry(key, 1);
        assertThat(is.repeated().getOrDefault(key, 0)).as(described).isEqualTo((int) count - 1);
        Verdict verdict = RecordHistoryTest.verdict(is, version);
        assertThat(verdict).as(described).isEqualTo(verdict(version));
        assertThat(verdict.labels()).as(described).isEqualTo(labels().size());
      }
      assertThat(is.predicted()).as(described).hasSize(predictions);
      assertThat(is.unmatched().values().stream().mapToInt(n -> n).sum())
          .as(described)
          .isEqualTo(predictions == 0 ? labels().size() : 0);
    }

    private int classOf(TrueLabel label, long version) {
      int index = label.name() == null ? label.index() : NAMES.indexOf(version, label.name());
      return index >= 0 && index < (version == 1 ? 3 : 4) ? index : -1;
    }

    /** All labels that say the same in the same words by the same source. */
    private List<TrueLabel> same(TrueLabel label) {
      return labels().stream()
          .filter(
              other ->
                  other.index() == label.index()
                      && Objects.equals(other.name(), label.name())
                      && Objects.equals(other.source(), label.source()))
          .toList();
    }

    private long first(TrueLabel label) {
      return same(label).stream().mapToLong(TrueLabel::time).min().orElseThrow();
    }

    private long last(TrueLabel label) {
      return same(label).stream().mapToLong(TrueLabel::time).max().orElseThrow();
    }

    private Verdict verdict(long version) {
      List<TrueLabel> inTime =
          labels().stream().filter(label -> first(label) <= 1_000 + RETENTION).toList();
      List<TrueLabel> known = inTime.stream().filter(l -> classOf(l, version) >= 0).toList();
      int late = labels().size() - inTime.size();
      int unknown = inTime.size() - known.size();
      if (known.isEmpty()) {
        return new Verdict(-1, 0, 0, 0, 0, unknown, late);
      }
      TrueLabel truth =
          known.stream()
              .min(
                  Comparator.<TrueLabel>comparingLong(l -> -last(l))
                      .thenComparingInt(l -> classOf(l, version))
                      .thenComparing(
                          TrueLabel::source, Comparator.nullsFirst(Comparator.naturalOrder()))
                      .thenComparing(l -> l.name() == null ? 0 : 1))
              .orElseThrow();
      int corrected = 0;
      int conflicting = 0;
      List<TrueLabel> counted = new ArrayList<>();
      for (TrueLabel label : known) {
        boolean countedBefore = counted.stream().anyMatch(same(label)::contains);
        if (classOf(label, version) == classOf(truth, version) || countedBefore) {
          continue;
        }
        counted.add(label);
        if (Objects.equals(label.source(), truth.source()) && last(label) < last(truth)) {
          corrected++;
        } else {
          conflicting++;
        }
      }
      return new Verdict(
          classOf(truth, version),
          Math.max(0, first(truth) - 1_000),
          known.size() - 1 - corrected - conflicting,
          corrected,
          conflicting,
          unknown,
          late);
    }
  }
}
