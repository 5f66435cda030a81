package io.logitflow.feedback;

import io.logitflow.config.PromotionConfig;
import io.logitflow.config.PromotionMode;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.promotion.CandidateTest;
import io.logitflow.promotion.Judgement;
import io.logitflow.promotion.Judgement.Verdict;
import io.logitflow.promotion.PromotionRule;
import io.logitflow.promotion.TestState;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is tested and what becomes of it, and moves aliases. A job that failed after it had
 * moved them, and decides the same again, finds that they stand where they should.
 */
final class Promoter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Promoter.class);

  /** So long, the alias of a candidate that had none is not looked for again. */
  private static final long NO_ALIAS_NANOS = Duration.ofSeconds(30).toNanos();

  private final PromotionConfig config;
  private final Candidates candidates;
  private final PromotionRule rule;
  private final PromotionRecords records;
  private final Map<String, Long> withoutAliasSince = new HashMap<>();

  /** What kind of test there is to begin. */
  enum Kind {
    PROMOTION,
    ROLLBACK,
    NONE
  }

  /**
   * What a look at a test comes to.
   *
   * @param progress the test from now on
   * @param judgement what the evidence says
   * @param decision what is to be written; empty: nothing
   */
  record Step(TestProgress progress, Judgement judgement, Optional<Decision> decision) {}

  /** Takes over the candidates, and closes them. */
  Promoter(String model, PromotionConfig config, Candidates candidates) {
    this.config = config;
    this.candidates = candidates;
    this.rule = new PromotionRule(config.policy());
    this.records = new PromotionRecords(model);
  }

  String weights(long version) {
    return candidates.weights(version);
  }

  /**
   * As what a candidate can be tested that was not yet: not at all if it has no alias any more, or
   * its champion is not that any more. A previous champion of the weights of the champion is none:
   * calibrations are mended by the recalibration.
   */
  Kind kind(long candidate, String championWeights, Iterable<TestProgress> others) {
    String key = TestProgress.key(candidate, championWeights);
    Long since = withoutAliasSince.get(key);
    if (since != null && System.nanoTime() - since < NO_ALIAS_NANOS) {
      return Kind.NONE;
    }
    Kind kind = Kind.NONE;
    try {
      Candidates.Standing standing = candidates.standing(candidate);
      boolean inForce =
          standing.champion().isPresent()
              && candidates.weights(standing.champion().getAsLong()).equals(championWeights);
      if (inForce && standing.aliases().stream().anyMatch(ModelKey::isChallenger)) {
        kind = Kind.PROMOTION;
      } else if (inForce
          && standing.aliases().contains(ModelKey.PREVIOUS)
          && isWorthARollback(candidates.weights(candidate), championWeights, others)) {
        kind = Kind.ROLLBACK;
      }
    } catch (ModelTopicException e) {
      LOG.warn("Whether version {} is a challenger is not known now", candidate, e);
    }
    if (kind == Kind.NONE) {
      withoutAliasSince.put(key, System.nanoTime());
    }
    return kind;
  }

  /** Who lost against these weights, or was tested in vain, does not come back by this way. */
  private static boolean isWorthARollback(
      String weights, String championWeights, Iterable<TestProgress> others) {
    if (weights.equals(championWeights)) {
      return false;
    }
    for (TestProgress other : others) {
      CandidateTest test = other.test();
      boolean samePair =
          test.candidateWeights().equals(weights) && test.championWeights().equals(championWeights);
      if (samePair && test.state() != TestState.SHADOW) {
        return false;
      }
    }
    return true;
  }

  /** Begins a test. */
  Step begin(CompleteWindow.Comparison comparison, Kind kind, int number, long time) {
    CandidateTest test =
        CandidateTest.begin(
            comparison.candidate(),
            candidates.weights(comparison.candidate()),
            comparison.championWeights(),
            kind == Kind.ROLLBACK,
            number,
            config.policy(),
            comparison.window().start());
    Judgement judgement = rule.judge(test);
    Decision decision =
        record(test, judgement, comparison, time)
            .setOutcome(DecisionOutcome.NOT_NOW)
            .setReason(
                "test %d begins, at level %.3g: windows after this one count"
                    .formatted(number, test.level()))
            .build();
    return new Step(new TestProgress(test, time, false), judgement, Optional.of(decision));
  }

  /** Looks at a test that goes on, after one more window. */
  Step look(TestProgress before, CompleteWindow.Comparison comparison, long time) {
    CandidateTest test = before.test().after(comparison.window());
    Judgement judgement = rule.judge(test);
    boolean due = time - before.decidedAt() >= config.interval().toMillis();
    boolean over = judgement.verdict() != Verdict.UNDECIDED;
    if (!due && (!over || before.heldBack())) {
      return new Step(
          new TestProgress(test, before.decidedAt(), before.heldBack()),
          judgement,
          Optional.empty());
    }
    Decision.Builder decision;
    boolean ended = false;
    if (over) {
      TestState state =
          judgement.verdict() == Verdict.BETTER ? TestState.PROMOTED : TestState.REJECTED;
      decision = record(test.ended(state), judgement, comparison, time);
      ended = conclude(test, judgement, decision);
      if (ended) {
        test = test.ended(state);
      } else {
        decision.getDetails().put("state", TestState.SHADOW.name());
      }
    } else {
      decision =
          record(test, judgement, comparison, time)
              .setOutcome(DecisionOutcome.NOT_NOW)
              .setReason(judgement.reason());
    }
    return new Step(
        new TestProgress(test, time, over && !ended), judgement, Optional.of(decision.build()));
  }

  private Decision.Builder record(
      CandidateTest test, Judgement judgement, CompleteWindow.Comparison comparison, long time) {
    DecisionKind kind =
        test.rollback()
            ? DecisionKind.ROLLBACK
            : test.state() == TestState.REJECTED ? DecisionKind.REJECTION : DecisionKind.PROMOTION;
    return records.of(test, judgement, comparison.championVersion(), kind, time);
  }

  /** Puts the outcome of a test in force; returns whether the test is over by that. */
  private boolean conclude(CandidateTest test, Judgement judgement, Decision.Builder decision) {
    String reason = judgement.reason();
    boolean better = judgement.verdict() == Verdict.BETTER;
    decision.setReason(reason);
    if (!better && test.rollback()) {
      // The previous champion stays where it is, for people.
      decision.setOutcome(DecisionOutcome.REFUSED);
      return true;
    }
    if (config.mode() == PromotionMode.PROPOSE) {
      decision.setOutcome(DecisionOutcome.PROPOSED);
      return true;
    }
    try {
      String obstacle = better ? promote(test, reason) : reject(test);
      if (obstacle.isEmpty()) {
        decision.setOutcome(DecisionOutcome.APPLIED);
        LOG.info("{} of version {}: {}", decision.getKind(), test.candidate(), reason);
        return true;
      }
      decision.setOutcome(DecisionOutcome.NOT_NOW).setReason(reason + ", but " + obstacle);
    } catch (ModelTopicException e) {
      LOG.warn("{} of version {} failed", decision.getKind(), test.candidate(), e);
      decision
          .setOutcome(DecisionOutcome.NOT_NOW)
          .setReason(reason + ", but the models topic refuses: " + e.getMessage());
    }
    return false;
  }

  /** Promotes a candidate; returns what stands in the way, or nothing. */
  private String promote(CandidateTest test, String reason) throws ModelTopicException {
    Candidates.Standing standing = candidates.standing(test.candidate());
    if (standing.aliases().contains(ModelKey.CHAMPION)) {
      return "";
    }
    if (standing.champion().isEmpty()) {
      return "there is no champion";
    }
    long champion = standing.champion().getAsLong();
    if (!candidates.weights(champion).equals(test.championWeights())) {
      return "version %d, which it was not compared with, is the champion now".formatted(champion);
    }
    if (standing.aliases().stream()
        .noneMatch(alias -> ModelKey.isChallenger(alias) || alias.equals(ModelKey.PREVIOUS))) {
      return "it is no candidate any more: its alias was removed";
    }
    candidates.replace(champion, test.candidate(), reason);
    return "";
  }

  /** Ends a challenge; returns what stands in the way, or nothing. */
  private String reject(CandidateTest test) throws ModelTopicException {
    List<String> aliases = candidates.standing(test.candidate()).aliases();
    if (aliases.contains(ModelKey.CHAMPION)) {
      return "it is the champion now";
    }
    for (String alias : aliases) {
      if (ModelKey.isChallenger(alias)) {
        candidates.removeAlias(alias);
      }
    }
    return "";
  }

  @Override
  public void close() {
    candidates.close();
  }
}
